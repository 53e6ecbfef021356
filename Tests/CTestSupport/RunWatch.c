// Puts every run of the tests under watch, without a word in any test.
//
// Swift Testing writes what happens in a run to a file that an option names, and no other place
// tells it. So the process that is to run the tests starts itself once more, with that option.

#include "CTestSupport.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// How long the process of an exit test may live, in seconds: less than the watch is patient.
enum { EXIT_TEST_LIMIT = 240 };

static const char pipe_variable[] = "SOCKET_LABS_TEST_EVENTS";

static bool has(char **arguments, const char *searched) {
    for (char **argument = arguments; *argument != NULL; argument++) {
        if (strncmp(*argument, searched, strlen(searched)) == 0) return true;
    }
    return false;
}

// Returns only if that failed, and then the run goes on without a watch.
static void start_anew(int count, char **arguments) {
    int ends[2];
    if (pipe(ends) != 0) return;
    char both[32], path[32], places[16];
    snprintf(both, sizeof both, "%d %d", ends[0], ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    setenv(pipe_variable, both, 1);
    // Else all tests begin at once and wait for a processor, and nobody knows which of them hang.
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    snprintf(places, sizeof places, "%ld", processors > 2 ? 2 * processors : 4);
    setenv("SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH", places, 0);

    char **extended = calloc((size_t)count + 5, sizeof *extended);
    if (extended == NULL) return;
    memcpy(extended, arguments, (size_t)count * sizeof *extended);
    extended[count] = "--event-stream-output-path";
    extended[count + 1] = path;
    extended[count + 2] = "--event-stream-version";
    extended[count + 3] = "0";
    execv(arguments[0], extended);
    perror("no watch over the tests");
}

__attribute__((constructor)) static void begin(int count, char **arguments) {
    if (getenv("SWT_EXIT_TEST_ID") != NULL) {
        // Its test then fails by SIGALRM.
        alarm(EXIT_TEST_LIMIT);
        return;
    }
    const char *both = getenv(pipe_variable);
    int ends[2];
    if (both != NULL && sscanf(both, "%d %d", &ends[0], &ends[1]) == 2) {
        unsetenv(pipe_variable);
        for (int i = 0; i < 2; i++) fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        watch_test_run(ends[0]);
    } else if (has(arguments, "swift-testing") && !has(arguments, "--list-tests")
        && !has(arguments, "--event-stream-output-path")) {
        // An editor that asks for the events itself sees what hangs, and ends it.
        start_anew(count, arguments);
    }
}
