// Calls on other processes that differ between platforms, or that Swift cannot name.

#ifndef CSYSTEM_PROCESSCALLS_H
#define CSYSTEM_PROCESSCALLS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// The group of processes that a new process belongs to.
enum system_group { SYSTEM_SAME_GROUP, SYSTEM_OWN_GROUP, SYSTEM_OWN_SESSION };

// pipe(2). Both ends are closed on exec, and their numbers are so high that they are no standard
// streams, even in a process that has closed its own.
int system_pipe(int ends[2]);

// posix_spawnp(3) with default signal actions and an empty signal mask. descriptors[i] becomes
// descriptor i of the process, for `count` of them; it gets no other descriptor. `folder` may be
// NULL; a `program` without a slash is looked for on PATH. Returns 0 or the error number.
int system_spawn(
    pid_t *identifier, const char *program, char *const *arguments, char *const *variables,
    const char *folder, const int *descriptors, int count, enum system_group group);

// write(2), without SIGPIPE.
ssize_t system_write(int descriptor, const void *bytes, size_t count);

// waitpid(2) without waiting, for one process or, with -1, any child. Returns 0 while there is none.
pid_t system_reap(pid_t identifier, int *status);

// Waits until a child has ended, and leaves it to be reaped.
int system_await_end(pid_t identifier);

// The parts of the status of a process that has ended: the signal or 0, and the exit code.
int system_status_signal(int status);
int system_status_code(int status);

// From now on orphans among the descendants become children of this process:
// prctl(PR_SET_CHILD_SUBREAPER). It fails with ENOTSUP where the system has no such thing.
int system_adopt_orphans(void);

// Gives this process its short name, where the system can.
void system_set_name(const char *name);

// The environment of this process: "name=value" each, with NULL at the end.
char *const *system_environment(void);

// The path of this process's own program in `path`. Returns 0 or -1.
int system_program_path(char *path, size_t size);

// The number of the system call read(2) in /proc/<number>/syscall; -1 where there is no such file.
int system_read_number(void);

// setrlimit(2): the most bytes in a file, the most descriptors (the soft limit only, and not more
// than the hard one), and no core files.
int system_limit_file_size(int64_t bytes);
int system_limit_descriptors(int64_t count);
void system_limit_core_files(void);

// Ignores the signals that would end a process that watches others, except for those that cannot be
// ignored, and gets ready for system_wait_for_child.
void system_prepare_to_watch(void);

// Waits for the end of a child, for input on `descriptor` (-1 is none) or for the time. Returns
// whether there is input.
bool system_wait_for_child(int descriptor, int milliseconds);

// A process as the system lists it.
struct system_process {
    pid_t identifier;
    pid_t parent;
    pid_t group;
    bool is_zombie;
    bool is_stopped;
    char name[64];
    // The time of its start. It tells it from a later process with the same number.
    uint64_t start;
};

// Lists all processes: fills `list` with at most `capacity`, and returns their number, or -1.
int system_processes(struct system_process *list, int capacity);

// A socket as the kernel lists it: one that listens for connections, or is bound for datagrams.
struct system_bound_socket {
    bool is_datagram;
    bool is_ipv6;
    // Four bytes or sixteen.
    uint8_t address[16];
    int port;
    // The memory of datagrams that nobody has read; 0 for the others.
    uint32_t unread;
    // Its number in the links of /proc/<number>/fd.
    uint64_t node;
};

// Lists them: fills `list` with at most `capacity`, and returns their number, or -1 where the
// kernel does not tell. sock_diag(7), or the files in /proc/net.
int system_bound_sockets(struct system_bound_socket *list, int capacity);

// The bytes that have arrived at the port `local` on a TCP connection over a loopback address from
// the port `remote`, and that nobody has read. Returns -1 if there is no such connection, or the
// kernel does not tell. The table of all connections may have many thousands of lines, so the
// kernel is asked for this one, by sock_diag(7); the table is read if it does not answer.
int64_t system_unread_bytes(int local, int remote);

// A condition that waits on a clock that only goes forward. pthread_cond_init(3).
void system_condition_init(pthread_cond_t *condition);

// pthread_cond_timedwait(3), for `nanoseconds` at most.
void system_condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t nanoseconds);

#endif
