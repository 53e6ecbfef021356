// Socket calls that differ between platforms, each under one name.
//
// Every descriptor made here is closed on exec, and no send through it raises SIGPIPE.

#ifndef CSYSTEM_SOCKETCALLS_H
#define CSYSTEM_SOCKETCALLS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>

// socket(2). `datagram` chooses SOCK_DGRAM instead of SOCK_STREAM.
int system_socket(int family, bool datagram);

// SOCK_STREAM and SOCK_DGRAM: on Linux an enumeration, on Darwin plain numbers.
int system_stream_type(void);
int system_datagram_type(void);

// TCP_KEEPIDLE, or Darwin's name for it.
int system_keep_alive_idle(void);

// TCP_QUICKACK, or -1 where there is none.
int system_quick_acknowledgement(void);

// socketpair(2) of stream sockets; both ends do not block.
int system_socket_pair(int descriptors[2]);

// accept(2).
int system_accept(int descriptor, struct sockaddr_in6 *address, socklen_t *length);

// fcntl(2) with O_NONBLOCK.
int system_set_nonblocking(int descriptor, bool nonblocking);

// send(2) and sendto(2); `address` may be NULL.
ssize_t system_send(
    int descriptor, const void *bytes, size_t count, const struct sockaddr_in6 *address,
    socklen_t length);

// recvmsg(2) for one datagram; `truncated` tells whether it was longer than `count`.
ssize_t system_receive_datagram(
    int descriptor, void *bytes, size_t count, struct sockaddr_in6 *address,
    socklen_t *length, bool *truncated);

// sendfile(2) from `offset`: the bytes sent, 0 at the end of the file, or -1.
ssize_t system_send_file(int descriptor, int file, int64_t offset, size_t count);

// select(2) on bitmaps of any length, one bit a descriptor, lowest bit first.
int system_select(int count, uint64_t *reading, uint64_t *writing, struct timeval *timeout);

// bind(2), connect(2), getsockname(2), getpeername(2) on an address of either family.
int system_bind(int descriptor, const struct sockaddr_in6 *address, socklen_t length);
int system_connect(int descriptor, const struct sockaddr_in6 *address, socklen_t length);
int system_local_address(int descriptor, struct sockaddr_in6 *address, socklen_t *length);
int system_remote_address(int descriptor, struct sockaddr_in6 *address, socklen_t *length);

// Catches SIGINT and SIGTERM from now on: the first writes one byte to `descriptor`, a
// socket, and shuts it down; a second one ends the process with status 0.
int system_catch_stop_signals(int descriptor);

// The descriptor that is readable from the first signal on; -1 if there is none.
int system_stop_descriptor(void);


#endif
