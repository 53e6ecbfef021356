// The guessing game with the number 100, so that no question of the benchmark wins.
#include "c_loop.h"

#include <stdint.h>
#include <string.h>

struct message {
    char character;
    int32_t number;
};

static size_t answer(struct connection *connection, const char *bytes, size_t count) {
    static struct message answers[8192];
    size_t taken = 0, answered = 0;
    for (; count - taken >= sizeof(struct message); taken += sizeof(struct message)) {
        struct message question;
        memcpy(&question, bytes + taken, sizeof question);
        bool is_so;
        switch (question.character) {
        case '<': is_so = 100 < question.number; break;
        case '>': is_so = 100 > question.number; break;
        case '=': is_so = 100 == question.number; break;
        default: connection->is_broken = true; return count;
        }
        answers[answered++].character = is_so ? 'I' : 'N';
    }
    queue(connection, (const char *)answers, answered * sizeof(struct message));
    return taken;
}

int main(int count, char **arguments) { serve("c_guess_server", count, arguments, answer); }
