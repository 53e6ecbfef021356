// Measures the time from exec to the first line on stderr, and the resident memory at that moment.
//
//     start_up <times> <program> [<argument>...]
//
// Prints a line of JSON. The program is ended with SIGKILL; its standard output goes nowhere.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 5000 /* ms */, MOST_TIMES = 1000 };

static double milliseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static long resident_kibibytes(pid_t process) {
    char path[64], line[256];
    long resident = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *status = fopen(path, "r");
    if (!status) return 0;
    while (fgets(line, sizeof line, status)) {
        if (strncmp(line, "VmRSS:", 6) == 0) resident = atol(line + 6);
    }
    fclose(status);
    return resident;
}

// Returns the milliseconds, or -1 if no line came.
static double start_once(char **program, long *resident) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    double start = milliseconds();
    pid_t process = vfork();
    if (process == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, 0);
        dup2(nowhere, 1);
        dup2(ends[1], 2);
        prctl(PR_SET_PDEATHSIG, SIGKILL);  // if this tool is ended, the program ends, too
        execv(program[0], program);
        _exit(127);
    }
    close(ends[1]);
    double time = -1;
    char byte = 0;
    struct pollfd readable = {.fd = ends[0], .events = POLLIN};
    while (process > 0 && poll(&readable, 1, PATIENCE) > 0 && read(ends[0], &byte, 1) == 1) {
        if (byte == '\n') {
            time = milliseconds() - start;
            *resident = resident_kibibytes(process);
            break;
        }
    }
    if (process > 0) {
        kill(process, SIGKILL);
        waitpid(process, NULL, 0);
    }
    close(ends[0]);
    return time;
}

int main(int count, char **arguments) {
    int times = count > 2 ? atoi(arguments[1]) : 0;
    if (times < 1 || times > MOST_TIMES) return 64;
    long resident = 0;
    printf("{\"milliseconds\": [");
    for (int i = 0; i < times; i++) {
        double time = start_once(arguments + 2, &resident);
        if (time < 0) {
            fprintf(stderr, "start_up: %s printed no line\n", arguments[2]);
            return 1;
        }
        printf("%s%.3f", i ? ", " : "", time);
    }
    printf("], \"resident_kib\": %ld}\n", resident);
    return 0;
}
