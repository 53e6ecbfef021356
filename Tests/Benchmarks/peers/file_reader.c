// Asks a plain file server for a file and writes it to disk, up to 1 MiB a receive.
//
//     file_reader <address> <port> <name on server> <local name>
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER_SIZE = 1 << 20 };

static void give_up(const char *text) {
    perror(text);
    exit(1);
}

int main(int count, char **arguments) {
    if (count != 5) return 64;
    static char buffer[BUFFER_SIZE];
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_port = htons((unsigned short)atoi(arguments[2]));
    if (inet_pton(AF_INET, arguments[1], &address.sin_addr) != 1) give_up("address");
    int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(server, (struct sockaddr *)&address, sizeof address) < 0) give_up("connect");
    if (send(server, arguments[3], strlen(arguments[3]), 0) < 0) give_up("send");
    shutdown(server, SHUT_WR);
    int file = open(arguments[4], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) give_up("open");
    while (1) {
        ssize_t size = recv(server, buffer, sizeof buffer, 0);
        if (size < 0) give_up("recv");
        if (size == 0) return 0;
        for (ssize_t written = 0; written < size;) {
            ssize_t n = write(file, buffer + written, (size_t)(size - written));
            if (n < 0) give_up("write");
            written += n;
        }
    }
}
