#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "c_loop.h"

void give_up(const char *program, const char *text) {
    fprintf(stderr, "%s: ", program);
    perror(text);
    exit(1);
}

int bound_socket(const char *program, int type, int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: %s <address> <port>\n", program);
        exit(64);
    }
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    address.sin_port = htons((unsigned short)atoi(arguments[2]));
    if (inet_pton(AF_INET, arguments[1], &address.sin_addr) != 1) give_up(program, "address");

    int bound = socket(AF_INET, type | SOCK_CLOEXEC, 0), on = 1;
    if (bound < 0) give_up(program, "socket");
    setsockopt(bound, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(bound, (struct sockaddr *)&address, length) < 0) give_up(program, "bind");
    bool is_stream = (type & ~SOCK_NONBLOCK) == SOCK_STREAM;
    if (is_stream && listen(bound, 4096) < 0) give_up(program, "listen");
    getsockname(bound, (struct sockaddr *)&address, &length);
    fprintf(
        stderr, "%s: listening on %s:%d\n", program, arguments[1], ntohs(address.sin_port));
    return bound;
}
