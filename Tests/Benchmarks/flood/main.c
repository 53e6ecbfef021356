// Asks one question after another beside clients that flood the server, and prints the times of the
// replies as a line of JSON.
//
//     flood <service> <address> <port> <flooders> <seconds> read|unread
//
// Services: guess, calculator, arithmetic, quiz. A flooder sends small messages as fast as the server
// takes them, and reads its replies or leaves them unread.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../load/latency.h"

enum { MOST_FLOODERS = 64, CHUNK = 65536, PATIENCE = 30 /* s */, PREPARATION = 200 /* ms */ };

struct text { const char *bytes; size_t length; };

// The first message of a conversation, and a question with one reply.
static const struct service { const char *name; struct text greeting, question; } services[] = {
    {"guess", {"", 0}, {"<\0\0\0\x32\0\0\0", 8}},
    {"calculator", {"", 0}, {"\x0C\0\0\0\x1E\0\0\0+", 9}},
    {"arithmetic", {"Anna\n", 5}, {"12 + 30\n", 8}},
    // A form that the quiz does not know: it answers with an error, and stores nothing.
    {"quiz", {"", 0}, {"x\n", 2}},
};

static const struct service *service;
static struct sockaddr_in server = {.sin_family = AF_INET};
static bool reads_replies;
static atomic_bool is_over;

static _Noreturn void fail(const char *text) {
    fprintf(stderr, "flood: %s%s%s\n", text, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

static uint64_t nanoseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void send_all(int socket_, struct text text) {
    for (size_t sent = 0; sent < text.length;) {
        ssize_t n = send(socket_, text.bytes + sent, text.length - sent, MSG_NOSIGNAL);
        if (n < 0) fail("cannot send");
        sent += (size_t)n;
    }
}

static int open_connection(void) {
    int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    if (socket_ < 0 || connect(socket_, (struct sockaddr *)&server, sizeof server) < 0) {
        fail("cannot connect");
    }
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    struct timeval patience = {.tv_sec = PATIENCE};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    send_all(socket_, service->greeting);
    return socket_;
}

static void *flood(void *ignored) {
    int socket_ = open_connection();
    char *chunk = malloc(CHUNK), *replies = malloc(CHUNK);
    if (!chunk || !replies) fail("out of memory");
    size_t size = service->question.length, length = CHUNK / size * size, sent = 0;
    for (size_t i = 0; i < length; i += size) memcpy(chunk + i, service->question.bytes, size);
    while (!atomic_load(&is_over)) {
        struct pollfd ready = {.fd = socket_, .events = POLLOUT};
        if (reads_replies) ready.events |= POLLIN;
        if (poll(&ready, 1, 100) <= 0) continue;
        if (ready.revents & POLLIN && recv(socket_, replies, CHUNK, MSG_DONTWAIT) == 0) {
            fail("the server closed a flooder's connection");
        }
        if (ready.revents & POLLOUT) {
            int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
            ssize_t n = send(socket_, chunk + sent, length - sent, flags);
            if (n > 0) sent = (sent + (size_t)n) % length;
        }
    }
    close(socket_);
    free(chunk);
    free(replies);
    return ignored;
}

// Asks until the time is over; each question follows the reply to the one before.
static void ask(double seconds) {
    static struct latency latencies;
    uint64_t worst = 0;
    unsigned long count = 0;
    int socket_ = open_connection();
    struct timespec preparation = {0, PREPARATION * 1000000L};
    nanosleep(&preparation, NULL);
    uint64_t end = nanoseconds() + (uint64_t)(seconds * 1e9), asked = nanoseconds();
    while (asked < end) {
        char reply[4096];
        send_all(socket_, service->question);
        if (recv(socket_, reply, sizeof reply, 0) <= 0) fail("no reply");
        uint64_t now = nanoseconds(), time = now - asked;
        latency_add(&latencies, time);
        if (time > worst) worst = time;
        count += 1;
        asked = now;
    }
    printf(
        "{\"asked\": %lu, \"median\": %.4f, \"worst\": %.4f}\n", count,
        latency_at(&latencies, 0.5) / 1000, (double)worst / 1e6);
    close(socket_);
}

int main(int count, char **arguments) {
    for (size_t i = 0; count == 7 && i < sizeof services / sizeof *services; i++) {
        if (strcmp(arguments[1], services[i].name) == 0) service = &services[i];
    }
    if (!service) fail("<service> <address> <port> <flooders> <seconds> read|unread");
    server.sin_port = htons((uint16_t)atoi(arguments[3]));
    if (inet_pton(AF_INET, arguments[2], &server.sin_addr) != 1) fail("no such address");
    int flooders = atoi(arguments[4]);
    if (flooders < 0 || flooders > MOST_FLOODERS) fail("at most 64 flooders");
    reads_replies = strcmp(arguments[6], "read") == 0;

    pthread_t threads[MOST_FLOODERS];
    for (int i = 0; i < flooders; i++) {
        if (pthread_create(&threads[i], NULL, flood, NULL)) fail("cannot start a thread");
    }
    ask(atof(arguments[5]));
    atomic_store(&is_over, true);
    for (int i = 0; i < flooders; i++) pthread_join(threads[i], NULL);
    return 0;
}
