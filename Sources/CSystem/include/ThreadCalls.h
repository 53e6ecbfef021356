// The thread call; its types differ between platforms.

#ifndef CSYSTEM_THREADCALLS_H
#define CSYSTEM_THREADCALLS_H

#include <pthread.h>
#include <stddef.h>

// Starts a detached thread that calls body(context). `stack` is its size in bytes. Returns 0 or
// the error number, and then body is not called.
static inline int system_start_thread(void *(*body)(void *), void *context, size_t stack) {
    pthread_attr_t attributes;
    int code = pthread_attr_init(&attributes);
    if (code != 0) return code;
    pthread_t thread;
    code = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    if (code == 0) code = pthread_attr_setstacksize(&attributes, stack);
    if (code == 0) code = pthread_create(&thread, &attributes, body, context);
    pthread_attr_destroy(&attributes);
    return code;
}

#endif
