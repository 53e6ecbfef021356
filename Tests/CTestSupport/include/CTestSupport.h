// What the tests' run needs before its first test; nothing here is called from Swift.

#ifndef CTESTSUPPORT_H
#define CTESTSUPPORT_H

// Watches the run whose events come, a line each, from a descriptor. In TestSupport.
void watch_test_run(int events);

#endif
