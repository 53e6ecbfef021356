#define _GNU_SOURCE
#include "c_loop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 512, RECEIVE_SIZE = 65536 };

struct connection **connections;
size_t connection_count;
static size_t connection_room;

static const char *program_name;
static int poller;
static char buffer[RECEIVE_SIZE];

// Connections with something to send, or to be closed, at the end of this wake-up.
static struct connection **listed;
static size_t listed_count, listed_room;

static void *resized(void *memory, size_t size) {
    void *result = realloc(memory, size);
    if (!result) give_up(program_name, "memory");
    return result;
}

static void list(struct connection *connection) {
    if (connection->is_listed) return;
    if (listed_count == listed_room) {
        listed_room = listed_room ? 2 * listed_room : 64;
        listed = resized(listed, listed_room * sizeof *listed);
    }
    connection->is_listed = true;
    listed[listed_count++] = connection;
}

void queue(struct connection *connection, const char *bytes, size_t count) {
    if (connection->output_size + count > connection->output_room) {
        connection->output_room = 2 * (connection->output_size + count);
        connection->output = resized(connection->output, connection->output_room);
    }
    memcpy(connection->output + connection->output_size, bytes, count);
    connection->output_size += count;
    list(connection);
}

static void watch(struct connection *connection, bool for_room) {
    if (connection->waits_for_room == for_room) return;
    connection->waits_for_room = for_room;
    struct epoll_event event = {.data.ptr = connection};
    // Do not read from a client that does not take its replies.
    event.events = for_room ? EPOLLOUT : EPOLLIN;
    if (epoll_ctl(poller, EPOLL_CTL_MOD, connection->socket, &event) < 0) {
        connection->is_broken = true;
    }
}

static void flush(struct connection *connection) {
    if (connection->output_size == 0 || connection->is_broken) return;
    ssize_t sent =
        send(connection->socket, connection->output, connection->output_size, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) {
        connection->is_broken = true;
        return;
    }
    if (sent < 0) sent = 0;
    connection->output_size -= (size_t)sent;
    if (connection->output_size > 0) {
        memmove(connection->output, connection->output + sent, connection->output_size);
    }
    watch(connection, connection->output_size > 0);
}

static void leave(struct connection *connection) {
    connections[connection->index] = connections[--connection_count];
    connections[connection->index]->index = connection->index;
    close(connection->socket);
    free(connection->input);
    free(connection->output);
    free(connection->name);
    free(connection);
}

static void receive(struct connection *connection, take_messages *take) {
    // Receive behind the rest of the last receive; mostly there is no rest.
    size_t rest = connection->input_size;
    if (rest == sizeof buffer) connection->is_broken = true;
    if (rest > 0) memcpy(buffer, connection->input, rest);
    ssize_t count = recv(connection->socket, buffer + rest, sizeof buffer - rest, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
        connection->is_broken = true;
        list(connection);
        return;
    }
    size_t size = rest + (size_t)count, taken = take(connection, buffer, size);
    if (connection->is_broken) list(connection);
    if (size == taken && rest == 0) return;
    connection->input_size = size - taken;
    connection->input = resized(connection->input, size - taken + 1);
    memcpy(connection->input, buffer + taken, size - taken);
}

static void accept_all(int listener) {
    while (true) {
        int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) return;
        struct connection *connection = resized(NULL, sizeof *connection);
        memset(connection, 0, sizeof *connection);
        connection->socket = socket;
        connection->index = connection_count;
        if (connection_count == connection_room) {
            connection_room = connection_room ? 2 * connection_room : 64;
            connections = resized(connections, connection_room * sizeof *connections);
        }
        connections[connection_count++] = connection;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        if (epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event) < 0) leave(connection);
    }
}

void serve(const char *program, int count, char **arguments, take_messages *take) {
    program_name = program;
    int listener = bound_socket(program, SOCK_STREAM | SOCK_NONBLOCK, count, arguments);
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN}, events[EVENTS];
    if (poller < 0 || epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event) < 0) {
        give_up(program, "epoll");
    }
    while (true) {
        int ready = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;
            if (!connection) accept_all(listener);
            else if (events[i].events & EPOLLOUT) list(connection);
            else receive(connection, take);
        }
        for (size_t i = 0; i < listed_count; i++) {
            listed[i]->is_listed = false;
            flush(listed[i]);
            if (listed[i]->is_broken) leave(listed[i]);
        }
        listed_count = 0;
    }
}
