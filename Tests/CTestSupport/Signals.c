#include "CTestSupport.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int counted;

static void count(int number) {
    (void)number;
    atomic_fetch_add(&counted, 1);
}

void count_signals(void) {
    atomic_store(&counted, 0);
    // Without SA_RESTART, so that every call sees the interruption.
    struct sigaction action = {.sa_handler = count};
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
    sigset_t storm;
    sigemptyset(&storm);
    sigaddset(&storm, SIGUSR1);
    pthread_sigmask(SIG_UNBLOCK, &storm, NULL);
}

int counted_signals(void) { return atomic_load(&counted); }
