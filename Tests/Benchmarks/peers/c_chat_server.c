// Each line goes to all others as "[name] line"; a connection's first line is its name.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_loop.h"

enum { LONGEST_LINE = 4096, LONGEST_NAME = 128 };

static void forward(struct connection *sender, const char *text, size_t size) {
    char line[LONGEST_LINE + LONGEST_NAME + 4];
    int prefix = snprintf(line, LONGEST_NAME + 4, "[%s] ", sender->name);
    memcpy(line + prefix, text, size);
    for (size_t i = 0; i < connection_count; i++) {
        if (connections[i] == sender || !connections[i]->name) continue;
        queue(connections[i], line, (size_t)prefix + size);
    }
}

static size_t pass_on(struct connection *connection, const char *bytes, size_t count) {
    size_t taken = 0;
    const char *end;
    while ((end = memchr(bytes + taken, '\n', count - taken))) {
        size_t size = (size_t)(end - bytes) + 1 - taken;
        if (size > (connection->name ? LONGEST_LINE : LONGEST_NAME)) break;
        if (connection->name) forward(connection, bytes + taken, size);
        else connection->name = strndup(bytes + taken, size - 1);
        taken += size;
    }
    if (count - taken > LONGEST_LINE) connection->is_broken = true;
    return taken;
}

int main(int count, char **arguments) { serve("c_chat_server", count, arguments, pass_on); }
