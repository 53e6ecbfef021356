// The system's password hashes, under one name on every platform: crypt(3) of the C library, or
// PBKDF2 of CommonCrypto on macOS, because its crypt(3) knows only DES.

#ifndef CPASSWORDS_H
#define CPASSWORDS_H

#include <stdbool.h>
#include <stddef.h>

// The room for a stored hash with its zero byte.
enum { PASSWORD_HASH_SIZE = 384 };

// The longest password that is hashed, in bytes.
enum { PASSWORD_LONGEST = 1024 };

// Hashes a password under a salt of its own. Returns 0, or -1 if the system has no way to do it.
int password_hash(const char *password, size_t length, char hash[PASSWORD_HASH_SIZE]);

// Hashes a password with the method and salt of `stored`, and compares the two hashes. The time
// does not depend on the place where they differ. `length` is at most PASSWORD_LONGEST, and no byte
// of the password is zero.
bool password_matches(const char *password, size_t length, const char *stored);

#endif
