// Watches every run of the tests; no test has to ask for it.
//
// Swift Testing writes the events of a run only to a file that an option names. So the process of
// the tests starts itself once more, with that option. It also adds --quiet: Swift Testing prints a
// line with all arguments for each of thousands of cases; the watch prints one for each suite
// instead.

#include "CTestSupport.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The longest life of an exit test's process, in seconds: less than the watch's patience.
enum { EXIT_TEST_LIMIT = 240 };

static const char run_variable[] = "SOCKET_LABS_TEST_RUN";

static bool has(char **arguments, const char *searched) {
    for (char **argument = arguments; *argument != NULL; argument++) {
        if (strncmp(*argument, searched, strlen(searched)) == 0) return true;
    }
    return false;
}

// Returns only if that failed; then the run goes on without a watch.
static void start_anew(int count, char **arguments) {
    int ends[2];
    if (pipe(ends) != 0) return;
    // If the user has asked for more or less output, leave it to Swift Testing.
    bool is_default = !has(arguments, "-v") && !has(arguments, "--v") && !has(arguments, "-q")
        && !has(arguments, "--quiet");
    char run[32], path[32], places[16];
    snprintf(run, sizeof run, "%d %d %d", ends[0], ends[1], is_default);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    setenv(run_variable, run, 1);
    tell_sanitizer();
    // Otherwise all tests begin at once and wait for a processor, and nobody knows which of them
    // hang.
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    snprintf(places, sizeof places, "%ld", processors > 2 ? 2 * processors : 4);
    setenv("SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH", places, 0);

    char **extended = calloc((size_t)count + 6, sizeof *extended);
    if (extended == NULL) return;
    memcpy(extended, arguments, (size_t)count * sizeof *extended);
    extended[count] = "--event-stream-output-path";
    extended[count + 1] = path;
    extended[count + 2] = "--event-stream-version";
    extended[count + 3] = "0";
    if (is_default) extended[count + 4] = "--quiet";
    execv(arguments[0], extended);
    perror("no watch over the tests");
}

__attribute__((constructor)) static void begin(int count, char **arguments) {
    if (getenv("SWT_EXIT_TEST_ID") != NULL) {
        // Its test then fails by SIGALRM.
        alarm(EXIT_TEST_LIMIT);
        return;
    }
    const char *run = getenv(run_variable);
    int ends[2], is_default;
    if (run != NULL && sscanf(run, "%d %d %d", &ends[0], &ends[1], &is_default) == 3) {
        unsetenv(run_variable);
        for (int i = 0; i < 2; i++) fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        watch_test_run(ends[0], is_default);
    } else if (has(arguments, "swift-testing") && !has(arguments, "--list-tests")
        && !has(arguments, "--event-stream-output-path")) {
        // An editor that asks for the events itself sees a hang, and ends it.
        start_anew(count, arguments);
    }
}
