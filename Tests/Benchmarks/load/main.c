// Loads one server and prints a line of JSON for each step.
//
//     load <mode> <address> <port> --pid <server> [--connections <n>] [--depth <n>]
//          [--idle <n>[,<n>...]] [--seconds <s>] [--warm-up <s>] [--threads <n>]
//
// Modes: select, guess, chat, datetime. --idle opens n more connections that never speak, and
// measures at each number. After the last line it keeps everything open until its standard input
// ends, so that you can look at the server.
//
// The server's CPU time comes from its process clock, in nanoseconds. It is read at both ends of
// the measured time, so it includes neither the start nor the accepting.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

enum { MOST_THREADS = 16, MOST_STEPS = 32 };

void fail(const char *text) {
    fprintf(stderr, "load: %s%s%s\n", text, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

static uint64_t read_clock(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time) < 0) fail("cannot read the server's clock");
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

uint64_t nanoseconds(void) { return read_clock(CLOCK_MONOTONIC); }

static void wait_for(double seconds) {
    struct timespec rest = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    while (nanosleep(&rest, &rest) < 0 && errno == EINTR) {}
}

int open_connection(struct plan *plan) {
    int type = plan->is_datagram ? SOCK_DGRAM : SOCK_STREAM;
    int socket_ = socket(AF_INET, type | SOCK_CLOEXEC, 0), on = 1;
    if (socket_ < 0) fail("cannot open a socket");
    if (connect(socket_, (struct sockaddr *)&plan->server, sizeof plan->server) < 0) {
        fail("cannot connect");
    }
    if (!plan->is_datagram) {
        // The driver ends the server first. With this option no port stays in TIME_WAIT on either
        // side.
        struct linger linger = {.l_onoff = 1, .l_linger = 0};
        setsockopt(socket_, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    if (fcntl(socket_, F_SETFL, O_NONBLOCK) < 0) fail("cannot prepare a socket");
    return socket_;
}

static uint64_t replies_of(struct worker *workers, unsigned count) {
    uint64_t replies = 0;
    for (unsigned i = 0; i < count; i++) replies += atomic_load(&workers[i].replies);
    return replies;
}

static void measure(
    struct plan *plan, struct connection *connections, clockid_t server, size_t idle) {
    static struct worker workers[MOST_THREADS];
    pthread_t threads[MOST_THREADS];
    bool is_chat = strcmp(plan->mode, "chat") == 0;
    memset(workers, 0, sizeof workers);
    atomic_store(&plan->phase, WARMING_UP);
    size_t from = 0;
    for (unsigned i = 0; i < plan->threads; i++) {
        size_t end = plan->connections * (i + 1) / plan->threads;
        workers[i].plan = plan;
        workers[i].connections = connections + from;
        workers[i].count = end - from;
        from = end;
        if (pthread_create(&threads[i], NULL, is_chat ? talk : exchange, &workers[i])) {
            fail("cannot start a thread");
        }
    }
    wait_for(plan->warm_up);
    atomic_store(&plan->phase, MEASURING);
    uint64_t before = replies_of(workers, plan->threads), server_before = read_clock(server);
    uint64_t load_before = read_clock(CLOCK_PROCESS_CPUTIME_ID), start = nanoseconds();
    wait_for(plan->seconds);
    uint64_t replies = replies_of(workers, plan->threads) - before;
    uint64_t server_time = read_clock(server) - server_before;
    uint64_t load_time = read_clock(CLOCK_PROCESS_CPUTIME_ID) - load_before;
    uint64_t time = nanoseconds() - start;
    atomic_store(&plan->phase, STOPPING);

    struct latency all = {0};
    uint64_t lost = 0;
    for (unsigned i = 0; i < plan->threads; i++) {
        pthread_join(threads[i], NULL);
        lost += atomic_load(&workers[i].lost);
        for (unsigned k = 0; k < LATENCY_BUCKETS; k++) {
            all.counts[k] += workers[i].latency.counts[k];
        }
    }
    printf(
        "{\"idle\": %zu, \"units\": %llu, \"seconds\": %.6f, \"server_cpu\": %.9f, "
        "\"load_cpu\": %.9f, \"threads\": %u, \"lost\": %llu, \"p50\": %.1f, \"p99\": %.1f}\n",
        idle, (unsigned long long)replies, (double)time / 1e9, (double)server_time / 1e9,
        (double)load_time / 1e9, plan->threads, (unsigned long long)lost,
        latency_at(&all, 0.5), latency_at(&all, 0.99));
    fflush(stdout);
}

static size_t parse_options(
    int count, char **arguments, struct plan *plan, clockid_t *server, size_t *steps) {
    static const struct option options[] = {
        {"pid", 1, 0, 'p'},     {"connections", 1, 0, 'c'}, {"depth", 1, 0, 'd'},
        {"idle", 1, 0, 'i'},    {"seconds", 1, 0, 's'},     {"warm-up", 1, 0, 'w'},
        {"threads", 1, 0, 't'}, {0, 0, 0, 0}};
    size_t step_count = 0;
    for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
        switch (option) {
        case 'p': {
            int error = clock_getcpuclockid((pid_t)atoi(optarg), server);
            if (error) { errno = error; fail("no such server process"); }
            break;
        }
        case 'c': plan->connections = strtoul(optarg, NULL, 10); break;
        case 'd': plan->depth = strtoul(optarg, NULL, 10); break;
        case 's': plan->seconds = atof(optarg); break;
        case 'w': plan->warm_up = atof(optarg); break;
        case 't': plan->threads = (unsigned)strtoul(optarg, NULL, 10); break;
        case 'i':
            for (char *p = strtok(optarg, ","); p && step_count < MOST_STEPS; p = strtok(0, ",")) {
                steps[step_count++] = strtoul(p, NULL, 10);
            }
            break;
        default: exit(64);
        }
    }
    if (count - optind != 3) fail("load <mode> <address> <port> --pid <server>");
    plan->mode = arguments[optind];
    plan->is_datagram = strcmp(plan->mode, "datetime") == 0;
    plan->server.sin_family = AF_INET;
    plan->server.sin_port = htons((uint16_t)atoi(arguments[optind + 2]));
    if (inet_pton(AF_INET, arguments[optind + 1], &plan->server.sin_addr) != 1) {
        fail("the address is IPv4, in numbers");
    }
    if (step_count == 0) steps[step_count++] = 0;
    return step_count;
}

int main(int count, char **arguments) {
    static struct plan plan = {
        .connections = 1, .depth = 1, .warm_up = 0.1, .seconds = 0.5, .threads = 1};
    clockid_t server = CLOCK_PROCESS_CPUTIME_ID;
    size_t steps[MOST_STEPS], step_count = parse_options(count, arguments, &plan, &server, steps);
    errno = 0;
    bool is_chat = strcmp(plan.mode, "chat") == 0;
    if (is_chat || plan.threads < 1) plan.threads = 1;  // the sender must know every receiver
    if (plan.threads > MOST_THREADS) plan.threads = MOST_THREADS;
    if (plan.threads > plan.connections) plan.threads = (unsigned)plan.connections;

    prepare_messages(&plan);
    struct connection *connections = calloc(plan.connections, sizeof *connections);
    if (!connections) fail("out of memory");
    for (size_t i = 0; i < plan.connections; i++) {
        connections[i].socket = open_connection(&plan);
        // Check that each connection is accepted before the next one: so a small backlog never
        // overflows.
        if (!is_chat) check_once(&plan, &connections[i]);
    }
    if (is_chat) join_chat(&plan, connections);

    size_t idle = 0;
    for (size_t step = 0; step < step_count; step++) {
        for (; idle < steps[step]; idle++) {
            open_connection(&plan);
            if (idle % 32 == 31) check_once(&plan, &connections[0]);
        }
        if (!is_chat) check_once(&plan, &connections[0]);
        measure(&plan, connections, server, idle);
    }
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {}
    return 0;
}
