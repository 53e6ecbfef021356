// For the calls of GNU that add file actions, and Apple's.
#define _GNU_SOURCE
#define _DARWIN_C_SOURCE

#include "ProcessCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

// Lower numbers may be those of standard streams, in this process or in a new one.
enum { LOWEST_OWN = 16 };

int system_pipe(int ends[2]) {
    int made[2];
#ifdef __linux__
    if (pipe2(made, O_CLOEXEC) != 0) return -1;
#else
    if (pipe(made) != 0) return -1;
#endif
    for (int i = 0; i < 2; i++) ends[i] = fcntl(made[i], F_DUPFD_CLOEXEC, LOWEST_OWN);
    int code = errno;
    close(made[0]);
    close(made[1]);
    if (ends[0] >= 0 && ends[1] >= 0) return 0;
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0) close(ends[i]);
    }
    errno = code;
    return -1;
}

static int add_actions(
    posix_spawn_file_actions_t *actions, const char *folder, const int *descriptors, int count) {
    int code = 0;
    for (int i = 0; i < count && code == 0; i++)
        code = posix_spawn_file_actions_adddup2(actions, descriptors[i], i);
#ifdef __GLIBC__
    // Other code of this process may not close its descriptors on exec.
    if (code == 0) code = posix_spawn_file_actions_addclosefrom_np(actions, count);
#endif
    if (code == 0 && folder != NULL) code = posix_spawn_file_actions_addchdir_np(actions, folder);
    return code;
}

static int set_attributes(posix_spawnattr_t *attributes, enum system_group group) {
    sigset_t none, most;
    sigemptyset(&none);
    sigemptyset(&most);
    for (int number = 1; number < 32; number++) {
        if (number != SIGKILL && number != SIGSTOP) sigaddset(&most, number);
    }
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (group == SYSTEM_OWN_GROUP) flags |= POSIX_SPAWN_SETPGROUP;
    if (group == SYSTEM_OWN_SESSION) flags |= POSIX_SPAWN_SETSID;
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    int code = posix_spawnattr_setsigmask(attributes, &none);
    if (code == 0) code = posix_spawnattr_setsigdefault(attributes, &most);
    if (code == 0) code = posix_spawnattr_setpgroup(attributes, 0);
    if (code == 0) code = posix_spawnattr_setflags(attributes, flags);
    return code;
}

int system_spawn(
    pid_t *identifier, const char *program, char *const *arguments, char *const *variables,
    const char *folder, const int *descriptors, int count, enum system_group group) {
    posix_spawn_file_actions_t actions;
    int code = posix_spawn_file_actions_init(&actions);
    if (code != 0) return code;
    posix_spawnattr_t attributes;
    code = posix_spawnattr_init(&attributes);
    if (code == 0) {
        code = add_actions(&actions, folder, descriptors, count);
        if (code == 0) code = set_attributes(&attributes, group);
        if (code == 0) {
            code =
                posix_spawnp(identifier, program, &actions, &attributes, arguments, variables);
        }
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return code;
}
