// For crypt_r and explicit_bzero of GNU; on Darwin, for memset_s.
#define _GNU_SOURCE
#define __STDC_WANT_LIB_EXT1__ 1

#include "CPasswords.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __APPLE__
#include <CommonCrypto/CommonCryptoError.h>
#include <CommonCrypto/CommonKeyDerivation.h>
#include <sys/random.h>
#else
#include <crypt.h>
#endif

// A slow hash makes guessing slow. But a server of one thread keeps all others waiting while it
// checks one login. So each method takes about 10 ms here, on one core of 2026.
enum { SALT_SIZE = 16 };

static void wipe(void *bytes, size_t size) {
#ifdef __APPLE__
    memset_s(bytes, size, 0, size);
#else
    explicit_bzero(bytes, size);
#endif
}

#ifdef __APPLE__

// $pbkdf2-sha512$<rounds>$<salt>$<hash>, both in hexadecimal. 20,000 rounds take about 10 ms.
enum { ROUNDS = 20000, KEY_SIZE = 32 };

static void write_hexadecimal(const uint8_t *bytes, size_t count, char *text) {
    for (size_t i = 0; i < count; i++) snprintf(text + 2 * i, 3, "%02x", bytes[i]);
}

static int make_setting(char setting[PASSWORD_HASH_SIZE]) {
    uint8_t salt[SALT_SIZE];
    char text[2 * SALT_SIZE + 1];
    if (getentropy(salt, sizeof salt) != 0) return -1;
    write_hexadecimal(salt, sizeof salt, text);
    snprintf(setting, PASSWORD_HASH_SIZE, "$pbkdf2-sha512$%d$%s$", ROUNDS, text);
    return 0;
}

// The text of the salt is the salt itself, so nobody has to decode it.
static int hash_with(
    const char *password, size_t length, const char *setting, char hash[PASSWORD_HASH_SIZE]) {
    unsigned rounds;
    char salt[2 * SALT_SIZE + 1];
    if (sscanf(setting, "$pbkdf2-sha512$%u$%32[0-9a-f]$", &rounds, salt) != 2) return -1;
    uint8_t key[KEY_SIZE];
    char text[2 * KEY_SIZE + 1];
    int result = CCKeyDerivationPBKDF(
        kCCPBKDF2, password, length, (const uint8_t *)salt, strlen(salt), kCCPRFHmacAlgSHA512,
        rounds, key, sizeof key);
    if (result == kCCSuccess) {
        write_hexadecimal(key, sizeof key, text);
        snprintf(hash, PASSWORD_HASH_SIZE, "$pbkdf2-sha512$%u$%s$%s", rounds, salt, text);
    }
    wipe(key, sizeof key);
    return result == kCCSuccess ? 0 : -1;
}

#else

// yescrypt at cost 4 also takes 8 MiB of memory; the system's login uses cost 5.
enum { YESCRYPT_COST = 4, SHA512_ROUNDS = 40000 };

static int make_sha512_setting(char setting[PASSWORD_HASH_SIZE]) {
    static const char digits[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    uint8_t random[SALT_SIZE];
    char salt[SALT_SIZE + 1] = {0};
    if (getentropy(random, sizeof random) != 0) return -1;
    for (int i = 0; i < SALT_SIZE; i++) salt[i] = digits[random[i] % 64];
    snprintf(setting, PASSWORD_HASH_SIZE, "$6$rounds=%d$%s$", SHA512_ROUNDS, salt);
    return 0;
}

static int make_setting(char setting[PASSWORD_HASH_SIZE]) {
// Only libxcrypt has this name, and knows yescrypt; other C libraries know SHA-512.
#ifdef CRYPT_GENSALT_OUTPUT_SIZE
    char random[SALT_SIZE];
    if (getentropy(random, sizeof random) != 0) return -1;
    if (crypt_gensalt_rn("$y$", YESCRYPT_COST, random, sizeof random, setting, PASSWORD_HASH_SIZE))
        return 0;
#endif
    return make_sha512_setting(setting);
}

// The longest phrase that crypt(3) takes, in bytes.
enum { LONGEST_PHRASE = 511 };

// A password that is too long for crypt(3) is hashed in parts, each behind the hash of the part
// before.
static int hash_with(
    const char *password, size_t length, const char *setting, char hash[PASSWORD_HASH_SIZE]) {
    char phrase[LONGEST_PHRASE + 1];
    // 32 KiB: too much for the stack of some threads.
    struct crypt_data *data = calloc(1, sizeof *data);
    if (data == NULL) return -1;
    size_t done = 0, kept = 0;
    int result = 0;
    do {
        size_t part = length - done;
        if (part > LONGEST_PHRASE - kept) part = LONGEST_PHRASE - kept;
        memcpy(phrase + kept, password + done, part);
        phrase[kept + part] = 0;
        done += part;
        // A failure is NULL or, for callers that do not check for it, a text with a star.
        const char *output = crypt_r(phrase, setting, data);
        const char *digest = output == NULL || output[0] == '*' ? NULL : strrchr(output, '$');
        if (digest == NULL || strlen(output) >= PASSWORD_HASH_SIZE) {
            result = -1;
            break;
        }
        strcpy(hash, output);
        kept = strlen(digest);
        memcpy(phrase, digest, kept);
    } while (done < length);
    wipe(phrase, sizeof phrase);
    wipe(data, sizeof *data);
    free(data);
    return result;
}

#endif

int password_hash(const char *password, size_t length, char hash[PASSWORD_HASH_SIZE]) {
    char setting[PASSWORD_HASH_SIZE];
    if (length > PASSWORD_LONGEST || make_setting(setting) != 0) return -1;
    return hash_with(password, length, setting, hash);
}

bool password_matches(const char *password, size_t length, const char *stored) {
    char hash[PASSWORD_HASH_SIZE];
    if (length > PASSWORD_LONGEST || hash_with(password, length, stored, hash) != 0) return false;
    size_t size = strlen(stored);
    if (strlen(hash) != size) return false;
    unsigned char difference = 0;
    for (size_t i = 0; i < size; i++) difference |= (unsigned char)(hash[i] ^ stored[i]);
    return difference == 0;
}
