// Requests and replies: each connection has one segment of requests under way at a time.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "load.h"

enum { RECEIVE_SIZE = 65536, EVENTS = 256, PATIENCE = 5000 /* ms */ };

// One segment of requests, and the bytes that must come back.
static char *request, *reply;

void prepare_messages(struct plan *plan) {
    // "< 50" is true for 37 and false for 100; nobody wins, so the game goes on for ever.
    static const struct { char comparison; int32_t number; } question = {'<', 50};
    char one_request[16] = "sixteen bytes..", one_reply[16] = "OK";
    plan->request_size = 16;
    plan->reply_size = 2;
    if (strcmp(plan->mode, "guess") == 0) {
        memset(one_request, 0, sizeof one_request);
        one_request[0] = question.comparison;
        memcpy(one_request + 4, &question.number, 4);
        memset(one_reply, 0, sizeof one_reply);
        one_reply[0] = 'N';
        plan->request_size = plan->reply_size = 8;
    }
    request = malloc(plan->depth * plan->request_size);
    reply = malloc(plan->depth * plan->reply_size);
    if (!request || !reply) fail("out of memory");
    for (size_t i = 0; i < plan->depth; i++) {
        memcpy(request + i * plan->request_size, one_request, plan->request_size);
        memcpy(reply + i * plan->reply_size, one_reply, plan->reply_size);
    }
}

static void ask(struct plan *plan, struct connection *connection) {
    connection->received = 0;
    connection->asked = nanoseconds();
    if (plan->is_datagram) {
        bool is_date = connection->turn++ % 2 == 0;
        const char *text = is_date ? "SEND_DATE" : "SEND_TIME";
        if (send(connection->socket, text, 9, 0) != 9) fail("cannot send a datagram");
        return;
    }
    size_t length = plan->depth * plan->request_size, sent = 0;
    while (sent < length) {
        ssize_t n = send(connection->socket, request + sent, length - sent, MSG_NOSIGNAL);
        if (n > 0) {
            sent += (size_t)n;
        } else if (n < 0 && errno == EAGAIN) {
            struct pollfd writable = {.fd = connection->socket, .events = POLLOUT};
            if (poll(&writable, 1, PATIENCE) == 0) fail("the server does not read");
        } else {
            fail("cannot send");
        }
    }
}

// Takes the bytes that have come; returns the number of replies that they completed.
static size_t take(struct plan *plan, struct connection *connection, char *buffer) {
    ssize_t n = recv(connection->socket, buffer, RECEIVE_SIZE, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (n <= 0) fail("the server closed a connection");
    if (plan->is_datagram) {
        bool was_date = connection->turn % 2 == 1;
        // A late reply to a repeated request would be of the other kind.
        return n == (was_date ? 10 : 8) ? 1 : 0;
    }
    size_t length = plan->depth * plan->reply_size;
    if (connection->received + (size_t)n > length ||
        memcmp(buffer, reply + connection->received, (size_t)n) != 0) {
        fail("wrong reply");
    }
    connection->received += (size_t)n;
    return connection->received == length ? plan->depth : 0;
}

// Makes one exchange. After it, the server has accepted this connection and all before it.
void check_once(struct plan *plan, struct connection *connection) {
    static char buffer[RECEIVE_SIZE];
    struct pollfd readable = {.fd = connection->socket, .events = POLLIN};
    ask(plan, connection);
    do {
        if (poll(&readable, 1, PATIENCE) == 0) fail("no reply");
    } while (take(plan, connection, buffer) == 0);
}

void *exchange(void *argument) {
    struct worker *worker = argument;
    struct plan *plan = worker->plan;
    struct epoll_event events[EVENTS];
    char *buffer = malloc(RECEIVE_SIZE);
    int queue = epoll_create1(EPOLL_CLOEXEC);
    if (queue < 0 || !buffer) fail("cannot watch the connections");
    for (size_t i = 0; i < worker->count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &worker->connections[i]};
        if (epoll_ctl(queue, EPOLL_CTL_ADD, worker->connections[i].socket, &event) < 0) {
            fail("cannot watch a connection");
        }
        ask(plan, &worker->connections[i]);
    }
    size_t under_way = worker->count;
    while (under_way > 0) {
        int ready = epoll_wait(queue, events, EVENTS, PATIENCE);
        if (ready == 0 && !plan->is_datagram) fail("no reply");
        if (ready == 0) {
            atomic_fetch_add(&worker->lost, under_way);
            for (size_t i = 0; i < worker->count; i++) ask(plan, &worker->connections[i]);
        }
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;
            size_t replies = take(plan, connection, buffer);
            if (replies == 0) continue;
            enum phase phase = atomic_load_explicit(&plan->phase, memory_order_relaxed);
            if (phase == MEASURING) {
                latency_add(&worker->latency, nanoseconds() - connection->asked);
            }
            atomic_fetch_add_explicit(&worker->replies, replies, memory_order_relaxed);
            if (phase == STOPPING) under_way -= 1;
            else ask(plan, connection);
        }
    }
    for (size_t i = 0; i < worker->count; i++) {
        epoll_ctl(queue, EPOLL_CTL_DEL, worker->connections[i].socket, NULL);
    }
    free(buffer);
    return NULL;
}
