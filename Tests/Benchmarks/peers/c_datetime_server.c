// datetime-server's work: one recvmsg, localtime_r and strftime, one sendto for each datagram.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "c_loop.h"

int main(int count, char **arguments) {
    int datagrams = bound_socket("c_datetime_server", SOCK_DGRAM, count, arguments);
    static char request[65536];
    tzset();
    while (true) {
        struct sockaddr_storage sender;
        struct iovec part = {request, sizeof request};
        struct msghdr message = {
            .msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &part, .msg_iovlen = 1};
        ssize_t size = recvmsg(datagrams, &message, 0);
        if (size < 0 || (message.msg_flags & MSG_TRUNC)) continue;
        if (size > 0 && request[size - 1] == '\n') size -= 1;
        const char *format = NULL;
        if (size == 9 && memcmp(request, "SEND_DATE", 9) == 0) format = "%Y-%m-%d";
        if (size == 9 && memcmp(request, "SEND_TIME", 9) == 0) format = "%H:%M:%S";
        char reply[64] = "error: unknown request";
        if (format) {
            time_t now = time(NULL);
            struct tm moment;
            strftime(reply, sizeof reply, format, localtime_r(&now, &moment));
        }
        sendto(
            datagrams, reply, strlen(reply), 0, (struct sockaddr *)&sender, message.msg_namelen);
    }
}
