// What the tests can only do in C.

#ifndef CTESTSUPPORT_H
#define CTESTSUPPORT_H

#include <stdbool.h>

// Watches the run whose events come, a line each, from a descriptor, and prints a line for each
// suite if that is asked for. In TestSupport.
void watch_test_run(int events, bool prints_suites);

// Counts from now on the SIGUSR1 that reach the process, and lets them through to this thread, which
// may have inherited them as blocked. A call that one of them interrupts fails with EINTR.
void count_signals(void);

// How many have come since then.
int counted_signals(void);

// Whether this is a run of `swift test --sanitize=thread`.
bool under_thread_sanitizer(void);

// In a run under a sanitizer, tells it by the environment what it is to report, in a process that is
// started anew and in the programs that this one starts.
void tell_sanitizer(void);

#endif
