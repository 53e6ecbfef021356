// Answers the bytes of each receive with OK: select-server's work, on epoll.
#include "c_loop.h"

static size_t answer(struct connection *connection, const char *bytes, size_t count) {
    (void)bytes;
    queue(connection, "OK", 2);
    return count;
}

int main(int count, char **arguments) { serve("c_select_server", count, arguments, answer); }
