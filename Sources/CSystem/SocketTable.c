// For the calls of GNU.
#define _GNU_SOURCE

#include "ProcessCalls.h"

#ifdef __linux__

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// The number of a state of TCP, which no header names for both C libraries.
enum { LISTENING = 10 };

struct request {
    struct nlmsghdr header;
    struct inet_diag_req_v2 body;
};

// Sends a question about TCP sockets to the kernel. Returns a descriptor to read the answer from, or
// -1.
static int ask(struct request *request, int flags) {
    int descriptor = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (descriptor < 0) return -1;
    request->header.nlmsg_len = sizeof *request;
    request->header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request->header.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
    request->body.sdiag_protocol = IPPROTO_TCP;
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t sent = sendto(
        descriptor, request, sizeof *request, 0, (struct sockaddr *)&kernel, sizeof kernel);
    if (sent == sizeof *request) return descriptor;
    close(descriptor);
    return -1;
}

// Asks for one connection of this machine with itself. Returns its unread bytes, -1 if there is no
// such connection, or -2 if the kernel does not answer such questions.
static int64_t ask_for_unread(int family, int local, int remote) {
    struct request request = {0};
    request.body.sdiag_family = (uint8_t)family;
    request.body.idiag_states = ~0U;
    struct inet_diag_sockid *id = &request.body.id;
    id->idiag_sport = htons((uint16_t)local);
    id->idiag_dport = htons((uint16_t)remote);
    id->idiag_src[family == AF_INET ? 0 : 3] = htonl(family == AF_INET ? INADDR_LOOPBACK : 1);
    id->idiag_dst[family == AF_INET ? 0 : 3] = htonl(family == AF_INET ? INADDR_LOOPBACK : 1);
    id->idiag_cookie[0] = id->idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    int descriptor = ask(&request, 0);
    if (descriptor < 0) return -2;
    _Alignas(struct nlmsghdr) char answer[4096];
    ssize_t count = recv(descriptor, answer, sizeof answer, 0);
    close(descriptor);
    const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
    if (count < (ssize_t)NLMSG_LENGTH(sizeof(struct nlmsgerr))) return -2;
    if (header->nlmsg_type == NLMSG_ERROR) {
        const struct nlmsgerr *error = NLMSG_DATA(header);
        return error->error == -ENOENT ? -1 : -2;
    }
    if (count < (ssize_t)NLMSG_LENGTH(sizeof(struct inet_diag_msg))) return -2;
    const struct inet_diag_msg *message = NLMSG_DATA(header);
    // A listener answers for a connection that does not exist; its queue holds connections.
    if (message->idiag_state == LISTENING) return -1;
    return message->idiag_rqueue;
}

// Reads the listening TCP sockets. Returns their number, or -1 if the kernel does not answer.
static int ask_for_listeners(int family, struct system_bound_socket *list, int capacity) {
    struct request request = {0};
    request.body.sdiag_family = (uint8_t)family;
    request.body.idiag_states = 1U << LISTENING;
    int descriptor = ask(&request, NLM_F_DUMP);
    if (descriptor < 0) return -1;
    int found = 0;
    bool is_over = false, failed = false;
    while (!is_over) {
        _Alignas(struct nlmsghdr) char answer[32768];
        ssize_t count = recv(descriptor, answer, sizeof answer, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        struct nlmsghdr *header = (struct nlmsghdr *)answer;
        for (; NLMSG_OK(header, (size_t)count); header = NLMSG_NEXT(header, count)) {
            failed = failed || header->nlmsg_type == NLMSG_ERROR;
            is_over = is_over || failed || header->nlmsg_type == NLMSG_DONE;
            if (is_over || found == capacity) continue;
            const struct inet_diag_msg *message = NLMSG_DATA(header);
            struct system_bound_socket *socket = &list[found++];
            *socket = (struct system_bound_socket){
                .is_ipv6 = family == AF_INET6,
                .port = ntohs(message->id.idiag_sport),
                .node = message->idiag_inode,
            };
            memcpy(socket->address, message->id.idiag_src, sizeof socket->address);
        }
    }
    close(descriptor);
    return failed || !is_over ? -1 : found;
}

// Reads a table such as /proc/net/tcp, whose lines begin like this: number, address and port twice,
// state, the lengths of both queues, ... user, timeout, number of the socket.
// Calls `visit` with the address in hexadecimal digits until it returns false.
static void read_table(
    const char *path, void *context,
    bool (*visit)(void *, const char *, struct system_bound_socket *, int, unsigned)) {
    FILE *file = fopen(path, "re");
    if (file == NULL) return;
    char line[512], address[33];
    bool goes_on = true;
    while (goes_on && fgets(line, sizeof line, file) != NULL) {
        unsigned port, remote, state, unread;
        unsigned long long node;
        int found = sscanf(
            line, " %*d: %32[0-9A-F]:%X %*[0-9A-F]:%X %X %*X:%X %*s %*s %*s %*s %llu", address,
            &port, &remote, &state, &unread, &node);
        if (found != 6) continue;
        struct system_bound_socket socket = {.port = (int)port, .unread = unread, .node = node};
        goes_on = visit(context, address, &socket, (int)remote, state);
    }
    fclose(file);
}

struct search {
    int local, remote;
    int64_t unread;
};

static bool visit_connection(
    void *context, const char *address, struct system_bound_socket *socket, int remote, unsigned state) {
    (void)address;
    struct search *search = context;
    if (socket->port != search->local || remote != search->remote || state == LISTENING) return true;
    search->unread = socket->unread;
    return false;
}

int64_t system_unread_bytes(int local, int remote) {
    int64_t unread = ask_for_unread(AF_INET, local, remote);
    if (unread == -1) unread = ask_for_unread(AF_INET6, local, remote);
    if (unread >= -1) return unread;
    struct search search = {local, remote, -1};
    read_table("/proc/net/tcp", &search, visit_connection);
    if (search.unread < 0) read_table("/proc/net/tcp6", &search, visit_connection);
    return search.unread;
}

struct listing {
    struct system_bound_socket *list;
    int capacity, count;
    unsigned state;
    bool is_datagram;
};

static bool visit_bound(
    void *context, const char *address, struct system_bound_socket *socket, int remote, unsigned state) {
    struct listing *listing = context;
    if (remote != 0 || (!listing->is_datagram && state != LISTENING)) return true;
    if (listing->count == listing->capacity) return false;
    socket->is_datagram = listing->is_datagram;
    socket->is_ipv6 = strlen(address) == 32;
    for (size_t word = 0; word < strlen(address) / 8; word++) {
        // The kernel prints each word of the address as a number.
        uint32_t value;
        sscanf(address + word * 8, "%8X", &value);
        memcpy(socket->address + word * 4, &value, sizeof value);
    }
    listing->list[listing->count++] = *socket;
    return true;
}

int system_bound_sockets(struct system_bound_socket *list, int capacity) {
    struct listing listing = {.list = list, .capacity = capacity};
    int ipv4 = ask_for_listeners(AF_INET, list, capacity);
    int ipv6 = ipv4 < 0 ? -1 : ask_for_listeners(AF_INET6, list + ipv4, capacity - ipv4);
    if (ipv6 >= 0) {
        listing.count = ipv4 + ipv6;
    } else {
        read_table("/proc/net/tcp", &listing, visit_bound);
        read_table("/proc/net/tcp6", &listing, visit_bound);
    }
    listing.is_datagram = true;
    read_table("/proc/net/udp", &listing, visit_bound);
    read_table("/proc/net/udp6", &listing, visit_bound);
    return listing.count;
}

#else

int64_t system_unread_bytes(int local, int remote) {
    (void)local;
    (void)remote;
    return -1;
}

int system_bound_sockets(struct system_bound_socket *list, int capacity) {
    (void)list;
    (void)capacity;
    return -1;
}

#endif
