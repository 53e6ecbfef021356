// One member talks, all others listen. The next lines follow when everyone has the last ones.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "load.h"

enum { EVENTS = 512, PATIENCE = 5000 /* ms */, TEXT_SIZE = 32, RECEIVE_SIZE = 65536 };
// The server puts "[sender] " before each line.
enum { PREFIX_SIZE = 9, LINE_SIZE = PREFIX_SIZE + TEXT_SIZE };

static void send_all(int socket, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t n = send(socket, bytes, count, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) {
            struct pollfd writable = {.fd = socket, .events = POLLOUT};
            if (poll(&writable, 1, PATIENCE) == 0) fail("the server does not read");
        } else if (n < 0) {
            fail("cannot send");
        } else {
            bytes += n;
            count -= (size_t)n;
        }
    }
}

// Reads one line of the sender, and waits up to a limit; returns false if none comes.
static bool line_came(struct connection *connection, const char *expected, int milliseconds) {
    char line[LINE_SIZE];
    struct pollfd readable = {.fd = connection->socket, .events = POLLIN};
    size_t have = 0;
    while (have < LINE_SIZE) {
        if (poll(&readable, 1, milliseconds) == 0) {
            if (have > 0) fail("half a line came");
            return false;
        }
        ssize_t n = recv(connection->socket, line + have, LINE_SIZE - have, 0);
        if (n <= 0) fail("the server closed a connection");
        have += (size_t)n;
        // An older line of the same length: this member joined before it was sent.
        if (have == LINE_SIZE && memcmp(line + PREFIX_SIZE, expected, TEXT_SIZE) != 0) {
            have = 0;
        }
    }
    return true;
}

// No member is told that it has joined. So the sender talks until everyone hears the same line.
void join_chat(struct plan *plan, struct connection *connections) {
    char text[TEXT_SIZE + 1];
    for (size_t i = 0; i < plan->connections; i++) {
        int length = i == 0 ? snprintf(text, sizeof text, "sender\n")
                            : snprintf(text, sizeof text, "r%zu\n", i);
        send_all(connections[i].socket, text, (size_t)length);
    }
    for (unsigned attempt = 0; attempt < 500; attempt++) {
        snprintf(text, sizeof text, "do you all hear line %09u?\n", attempt);
        send_all(connections[0].socket, text, TEXT_SIZE);
        size_t heard = 1;
        while (heard < plan->connections && line_came(&connections[heard], text, 50)) heard += 1;
        if (heard == plan->connections) return;
    }
    fail("not every member hears the sender");
}

// Takes the bytes that have come to one receiver; returns the number of lines that they completed.
static size_t take_lines(struct plan *plan, struct connection *connection, char *buffer) {
    ssize_t n = recv(connection->socket, buffer, RECEIVE_SIZE, 0);
    if (n < 0 && errno == EAGAIN) return 0;
    if (n <= 0) fail("the server closed a connection");
    size_t before = connection->received / LINE_SIZE;
    connection->received += (size_t)n;
    if (connection->received > plan->depth * LINE_SIZE) fail("more came than was sent");
    return connection->received / LINE_SIZE - before;
}

void *talk(void *argument) {
    struct worker *worker = argument;
    struct plan *plan = worker->plan;
    struct epoll_event events[EVENTS];
    char *lines = malloc(plan->depth * TEXT_SIZE), *buffer = malloc(RECEIVE_SIZE);
    int queue = epoll_create1(EPOLL_CLOEXEC);
    if (queue < 0 || !lines || !buffer) fail("cannot watch the connections");
    for (size_t i = 0; i < plan->depth; i++) {
        memcpy(lines + i * TEXT_SIZE, "She turned me into a newt! 1234\n", TEXT_SIZE);
    }
    for (size_t i = 1; i < worker->count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &worker->connections[i]};
        if (epoll_ctl(queue, EPOLL_CTL_ADD, worker->connections[i].socket, &event) < 0) {
            fail("cannot watch a connection");
        }
    }
    while (atomic_load(&plan->phase) != STOPPING) {
        for (size_t i = 1; i < worker->count; i++) worker->connections[i].received = 0;
        size_t waiting = worker->count - 1;
        uint64_t asked = nanoseconds();
        send_all(worker->connections[0].socket, lines, plan->depth * TEXT_SIZE);
        while (waiting > 0) {
            int ready = epoll_wait(queue, events, EVENTS, PATIENCE);
            if (ready == 0) fail("a line did not reach everyone");
            for (int i = 0; i < ready; i++) {
                struct connection *connection = events[i].data.ptr;
                size_t count = take_lines(plan, connection, buffer);
                atomic_fetch_add_explicit(&worker->replies, count, memory_order_relaxed);
                if (connection->received < plan->depth * LINE_SIZE) continue;
                waiting -= 1;
                if (atomic_load(&plan->phase) == MEASURING) {
                    latency_add(&worker->latency, nanoseconds() - asked);
                }
            }
        }
    }
    free(lines);
    free(buffer);
    return NULL;
}
