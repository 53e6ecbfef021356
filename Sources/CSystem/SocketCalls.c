// For accept4 and SOCK_CLOEXEC of GNU; on Darwin, for select beyond 1,024 descriptors.
#define _GNU_SOURCE
#define _DARWIN_C_SOURCE
#define _DARWIN_UNLIMITED_SELECT

#include "SocketCalls.h"

#include "Ending.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/uio.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/sendfile.h>
#endif

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

#ifndef SOCK_CLOEXEC
// Sets close-on-exec and mutes SIGPIPE, on systems that cannot do so when they make a descriptor.
static int prepare(int descriptor) {
    int on = 1;
    if (descriptor < 0) return descriptor;
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
    return descriptor;
}
#endif

int system_socket(int family, bool datagram) {
    int type = datagram ? SOCK_DGRAM : SOCK_STREAM;
#ifdef SOCK_CLOEXEC
    return socket(family, type | SOCK_CLOEXEC, 0);
#else
    return prepare(socket(family, type, 0));
#endif
}

int system_stream_type(void) { return SOCK_STREAM; }

int system_datagram_type(void) { return SOCK_DGRAM; }

int system_keep_alive_idle(void) {
#ifdef TCP_KEEPIDLE
    return TCP_KEEPIDLE;
#else
    return TCP_KEEPALIVE;
#endif
}

int system_quick_acknowledgement(void) {
#ifdef TCP_QUICKACK
    return TCP_QUICKACK;
#else
    return -1;
#endif
}

int system_socket_pair(int descriptors[2]) {
#ifdef SOCK_CLOEXEC
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, descriptors);
#else
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, descriptors) < 0) return -1;
    for (int i = 0; i < 2; i++) {
        prepare(descriptors[i]);
        system_set_nonblocking(descriptors[i], true);
    }
    return 0;
#endif
}

int system_accept(int descriptor, struct sockaddr_in6 *address, socklen_t *length) {
    *length = sizeof *address;
#ifdef SOCK_CLOEXEC
    return accept4(descriptor, (struct sockaddr *)address, length, SOCK_CLOEXEC);
#else
    int accepted = prepare(accept(descriptor, (struct sockaddr *)address, length));
    // Darwin's accepted sockets inherit O_NONBLOCK; Linux's do not.
    if (accepted >= 0) system_set_nonblocking(accepted, false);
    return accepted;
#endif
}

int system_set_nonblocking(int descriptor, bool nonblocking) {
    int flags = fcntl(descriptor, F_GETFL, 0);
    if (flags < 0) return -1;
    return fcntl(descriptor, F_SETFL, nonblocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
}

ssize_t system_send(
    int descriptor, const void *bytes, size_t count, const struct sockaddr_in6 *address,
    socklen_t length) {
    if (address == NULL) return send(descriptor, bytes, count, MSG_NOSIGNAL);
    return sendto(
        descriptor, bytes, count, MSG_NOSIGNAL, (const struct sockaddr *)address, length);
}

ssize_t system_receive_datagram(
    int descriptor, void *bytes, size_t count, struct sockaddr_in6 *address,
    socklen_t *length, bool *truncated) {
    struct iovec vector = {.iov_base = bytes, .iov_len = count};
    struct msghdr message = {
        .msg_name = address,
        .msg_namelen = sizeof *address,
        .msg_iov = &vector,
        .msg_iovlen = 1,
    };
    ssize_t received = recvmsg(descriptor, &message, 0);
    *length = message.msg_namelen;
    *truncated = (message.msg_flags & MSG_TRUNC) != 0;
    return received;
}

ssize_t system_send_file(int descriptor, int file, int64_t offset, size_t count) {
#ifdef __linux__
    // sendfile takes no MSG_NOSIGNAL. It raises SIGPIPE in this thread, and the signal is taken
    // back.
    off_t position = offset;
    sigset_t pipe, pending, before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    ssize_t sent = sendfile(descriptor, file, &position, count);
    if (sent < 0 && errno == EPIPE) {
        const struct timespec none = {0};
        while (!sigismember(&pending, SIGPIPE) && sigtimedwait(&pipe, NULL, &none) < 0
            && errno == EINTR) {}
        errno = EPIPE;
    }
    int code = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return sent;
#else
    // Darwin returns the number of bytes in `sent`, even if the call stopped at a full buffer.
    off_t sent = (off_t)count;
    int result = sendfile(file, descriptor, offset, &sent, NULL, 0);
    return result < 0 && sent == 0 ? -1 : (ssize_t)sent;
#endif
}

int system_select(int count, uint64_t *reading, uint64_t *writing, struct timeval *timeout) {
    return select(count, (fd_set *)reading, (fd_set *)writing, NULL, timeout);
}

int system_bind(int descriptor, const struct sockaddr_in6 *address, socklen_t length) {
    return bind(descriptor, (const struct sockaddr *)address, length);
}

int system_connect(int descriptor, const struct sockaddr_in6 *address, socklen_t length) {
    return connect(descriptor, (const struct sockaddr *)address, length);
}

int system_local_address(int descriptor, struct sockaddr_in6 *address, socklen_t *length) {
    *length = sizeof *address;
    return getsockname(descriptor, (struct sockaddr *)address, length);
}

int system_remote_address(int descriptor, struct sockaddr_in6 *address, socklen_t *length) {
    *length = sizeof *address;
    return getpeername(descriptor, (struct sockaddr *)address, length);
}

static volatile sig_atomic_t stop_descriptor = -1;
static volatile sig_atomic_t stop_requested = 0;

static void request_stop(int signal_number) {
    int saved = errno;
    if (stop_requested) _exit(0);
    stop_requested = 1;
    // The next output begins in a new row, not behind ^C.
    ending_note_interrupt(signal_number);
    ending_end_row();
    (void)!write(stop_descriptor, "", 1);
    // From now on both ends are ready for ever; this end wakes a thread that waits for output.
    shutdown(stop_descriptor, SHUT_RDWR);
    errno = saved;
}

int system_stop_descriptor(void) { return stop_descriptor; }

int system_catch_stop_signals(int descriptor) {
    stop_descriptor = descriptor;
    struct sigaction action = {.sa_handler = request_stop};
    sigset_t caught;
    sigemptyset(&action.sa_mask);
    sigemptyset(&caught);
    sigaddset(&caught, SIGINT);
    sigaddset(&caught, SIGTERM);
    if (sigaction(SIGINT, &action, NULL) < 0 || sigaction(SIGTERM, &action, NULL) < 0) return -1;
    return sigprocmask(SIG_UNBLOCK, &caught, NULL);
}
