// For the calls that only one platform has.
#define _GNU_SOURCE
#define _DARWIN_C_SOURCE

#include "ProcessCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#else
#include <crt_externs.h>
#include <mach-o/dyld.h>
#endif

ssize_t system_write(int descriptor, const void *bytes, size_t count) {
#ifdef F_SETNOSIGPIPE
    fcntl(descriptor, F_SETNOSIGPIPE, 1);
    return write(descriptor, bytes, count);
#else
    // A pipe takes no MSG_NOSIGNAL. SIGPIPE is raised in this thread, and is taken back.
    sigset_t broken, pending, before;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &broken, &before);
    ssize_t written = write(descriptor, bytes, count);
    int code = errno;
    if (written < 0 && code == EPIPE && !sigismember(&pending, SIGPIPE)) {
        const struct timespec none = {0};
        while (sigtimedwait(&broken, NULL, &none) < 0 && errno == EINTR) {}
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return written;
#endif
}

pid_t system_reap(pid_t identifier, int *status) {
    pid_t ended;
    do ended = waitpid(identifier, status, WNOHANG);
    while (ended < 0 && errno == EINTR);
    return ended;
}

int system_await_end(pid_t identifier) {
    siginfo_t information;
    int result;
    do result = waitid(P_PID, (id_t)identifier, &information, WEXITED | WNOWAIT);
    while (result < 0 && errno == EINTR);
    return result;
}

int system_status_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }

int system_status_code(int status) { return WEXITSTATUS(status); }

int system_adopt_orphans(void) {
#ifdef __linux__
    return prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL);
#else
    errno = ENOTSUP;
    return -1;
#endif
}

void system_set_name(const char *name) {
#ifdef __linux__
    prctl(PR_SET_NAME, name, 0UL, 0UL, 0UL);
#else
    (void)name;
#endif
}

char *const *system_environment(void) {
#ifdef __linux__
    return environ;
#else
    return *_NSGetEnviron();
#endif
}

int system_program_path(char *path, size_t size) {
#ifdef __linux__
    // The link leads to the program even if its file has been removed or replaced.
    const char link[] = "/proc/self/exe";
    if (size < sizeof link) return -1;
    memcpy(path, link, sizeof link);
    return access(path, X_OK);
#else
    uint32_t length = size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
    return _NSGetExecutablePath(path, &length);
#endif
}

int system_read_number(void) {
#ifdef __linux__
    return SYS_read;
#else
    return -1;
#endif
}

int system_limit_file_size(int64_t bytes) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0) return -1;
    if ((rlim_t)bytes > limit.rlim_max) return 0;
    limit.rlim_cur = limit.rlim_max = (rlim_t)bytes;
    return setrlimit(RLIMIT_FSIZE, &limit);
}

int system_limit_descriptors(int64_t count) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    limit.rlim_cur = (rlim_t)count < limit.rlim_max ? (rlim_t)count : limit.rlim_max;
    return setrlimit(RLIMIT_NOFILE, &limit);
}

void system_limit_core_files(void) {
    const struct rlimit none = {0};
    setrlimit(RLIMIT_CORE, &none);
}

static void note_child(int number) { (void)number; }

void system_prepare_to_watch(void) {
    for (int number = 1; number < 32; number++) {
        if (number != SIGKILL && number != SIGSTOP && number != SIGCHLD) signal(number, SIG_IGN);
    }
    // It is blocked but for the time of the wait: so the end of a child is never missed.
    struct sigaction action = {.sa_handler = note_child};
    sigemptyset(&action.sa_mask);
    sigaction(SIGCHLD, &action, NULL);
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, NULL);
}

bool system_wait_for_child(int descriptor, int milliseconds) {
    fd_set readable;
    FD_ZERO(&readable);
    if (descriptor >= 0 && descriptor < FD_SETSIZE) FD_SET(descriptor, &readable);
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    sigset_t none;
    sigemptyset(&none);
    return pselect(descriptor + 1, &readable, NULL, NULL, &time, &none) > 0;
}

void system_condition_init(pthread_cond_t *condition) {
#ifdef __linux__
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
#else
    pthread_cond_init(condition, NULL);
#endif
}

void system_condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t nanoseconds) {
    const int64_t second = 1000000000;
#ifdef __linux__
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    nanoseconds += time.tv_nsec;
    time.tv_sec += nanoseconds / second;
    time.tv_nsec = nanoseconds % second;
    pthread_cond_timedwait(condition, mutex, &time);
#else
    const struct timespec time = {nanoseconds / second, nanoseconds % second};
    pthread_cond_timedwait_relative_np(condition, mutex, &time);
#endif
}
