#include "CTestSupport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool under_thread_sanitizer(void) {
#if __has_feature(thread_sanitizer)
    return true;
#else
    return false;
#endif
}

bool under_sanitizer(void) {
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return true;
#else
    return false;
#endif
}

#if __has_feature(address_sanitizer)
// A program ends while it still uses its objects. So an object without a pointer is no leak then.
// This function is for the process that runs only XCTest.
const char *__asan_default_options(void) { return "detect_leaks=0"; }
#endif

void tell_sanitizer(void) {
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    // It makes everything slower.
    setenv("SOCKET_LABS_TEST_PATIENCE", "1200", 0);
    setenv("ASAN_OPTIONS", "detect_leaks=0", 0);
    // A file in the folder above this one lists the reports that the thread sanitizer leaves out,
    // and why.
    char options[4096];
    snprintf(options, sizeof options, "suppressions=%s", __FILE__);
    for (int i = 0; i < 2; i++) {
        char *last = strrchr(options, '/');
        if (last != NULL) *last = '\0';
    }
    size_t length = strlen(options);
    snprintf(options + length, sizeof options - length, "/thread-sanitizer.txt");
    setenv("TSAN_OPTIONS", options, 0);
#endif
}
