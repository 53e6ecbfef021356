// The limit for our programs: one thread, epoll, no more system calls than needed.
#ifndef C_LOOP_H
#define C_LOOP_H

#include <stdbool.h>
#include <stddef.h>

struct connection {
    int socket;
    bool is_broken, is_listed, waits_for_room;
    char *input, *output;        // bytes of a message not yet whole; bytes not yet sent
    size_t input_size, output_size, output_room;
    char *name;                  // the chat's
    size_t index;                // in `connections`
};

extern struct connection **connections;
extern size_t connection_count;

// Looks at received bytes and returns how many of them were whole messages.
typedef size_t take_messages(struct connection *connection, const char *bytes, size_t count);

// Serves for ever. All bytes queued for a connection leave in one send at the end of a wake-up.
_Noreturn void serve(const char *program, int count, char **arguments, take_messages *take);

void queue(struct connection *connection, const char *bytes, size_t count);

// Opens a socket at the two arguments, address and port, and prints the ready line once it is
// bound.
int bound_socket(const char *program, int type, int count, char **arguments);

_Noreturn void give_up(const char *program, const char *text);

#endif
