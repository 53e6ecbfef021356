#include "CTestSupport.h"

bool under_thread_sanitizer(void) {
#if __has_feature(thread_sanitizer)
    return true;
#else
    return false;
#endif
}
