// The load generator: many connections, each with some requests under way, in a closed loop.
#ifndef LOAD_H
#define LOAD_H

#include <netinet/in.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "latency.h"

// Every thread looks at the phase to know whether its requests count.
enum phase { WARMING_UP, MEASURING, STOPPING };

struct plan {
    const char *mode;            // "select", "guess", "chat" or "datetime"
    struct sockaddr_in server;
    bool is_datagram;
    size_t connections;
    size_t depth;                // requests that leave in one segment
    size_t request_size, reply_size;
    double warm_up, seconds;
    unsigned threads;
    _Atomic enum phase phase;
};

// One connection: whether a reply is due, how much of it has come, and since when.
struct connection {
    int socket;
    size_t received;
    uint64_t asked;
    unsigned turn;               // datetime asks for date and time in turn
};

// The work of one thread. The main thread reads it while the thread runs.
struct worker {
    struct plan *plan;
    struct connection *connections;
    size_t count;
    _Atomic uint64_t replies;
    _Atomic uint64_t lost;       // datagrams that had to be asked for again
    struct latency latency;
};

// exchange.c: requests and replies, for all modes but the chat.
void prepare_messages(struct plan *plan);
void check_once(struct plan *plan, struct connection *connection);
void *exchange(void *worker);

// chat.c: one sender; the other connections receive. A reply is a delivery.
void join_chat(struct plan *plan, struct connection *connections);
void *talk(void *worker);

// main.c
int open_connection(struct plan *plan);
uint64_t nanoseconds(void);
_Noreturn void fail(const char *text);

#endif
