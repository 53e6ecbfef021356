#include "CPasswords.h"
