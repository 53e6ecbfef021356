// Functions that the tests need in C.

#ifndef CTESTSUPPORT_H
#define CTESTSUPPORT_H

#include <stdbool.h>

// Reads the events of a run from a descriptor, line by line, watches the run, and prints a line for
// each suite if wanted. It is in TestSupport.
void watch_test_run(int events, bool prints_suites);

// From now on counts each SIGUSR1 of the process, and unblocks it in this thread, which may have
// inherited it as blocked. A call that is interrupted by one fails with EINTR.
void count_signals(void);

// The number of signals since then.
int counted_signals(void);

// Whether this is a run of `swift test --sanitize=thread`.
bool under_thread_sanitizer(void);

// Whether this is a run of `swift test --sanitize=address` or `=thread`.
bool under_sanitizer(void);

// In a run under a sanitizer, sets the sanitizer's options in the environment, for a process that
// is started anew and for the programs that it starts.
void tell_sanitizer(void);

#endif
