// The POSIX headers this package calls, under one name on every platform.
//
// Swift's own Glibc and Darwin modules differ in name, and neither holds epoll or sendfile.
// This header brings in both, so that no Swift file needs a condition for an import.
// Define no feature macro here: _GNU_SOURCE changes the layout of fd_set, and the modules clash.

#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/epoll.h>
#include <sys/sendfile.h>
#else
#include <sys/event.h>
#endif

#include "Ending.h"
#include "FileCalls.h"
#include "ProcessCalls.h"
#include "SocketCalls.h"
#include "ThreadCalls.h"
#include "Variadic.h"

// errno is a macro that Swift does not import.
static inline int system_errno(void) { return errno; }

// The time since the beginning of 1970. The clocks' names are macros that Swift may not import.
static inline struct timespec system_wall_time(void) {
    struct timespec time = {0};
    clock_gettime(CLOCK_REALTIME, &time);
    return time;
}

// The time on a clock that only goes forward. Darwin's CLOCK_MONOTONIC is a macro for an
// enumerator, which Swift may not import.
static inline struct timespec system_monotonic_time(void) {
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time;
}

#endif
