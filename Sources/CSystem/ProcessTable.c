// For the calls of libproc.
#define _GNU_SOURCE
#define _DARWIN_C_SOURCE

#include "ProcessCalls.h"

#include <string.h>

#ifdef __linux__

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// Reads a line such as "7 (my (odd) name) S 1 7 7 0 -1 ...".
static bool parse(char *line, struct system_process *process) {
    // The name may hold parentheses and blanks, so the fields are counted from the last one.
    char *open = strchr(line, '('), *closing = strrchr(line, ')');
    if (open == NULL || closing == NULL || closing < open) return false;
    *closing = '\0';
    snprintf(process->name, sizeof process->name, "%s", open + 1);
    char state;
    unsigned long long start;
    int found = sscanf(
        closing + 1,
        " %c %d %d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &state,
        &process->parent, &process->group, &start);
    if (found != 4) return false;
    process->is_zombie = state == 'Z' || state == 'X';
    process->is_stopped = state == 'T' || state == 't';
    process->start = start;
    return true;
}

static bool read_process(int folder, const char *number, struct system_process *process) {
    char path[32], line[1024];
    snprintf(path, sizeof path, "%.20s/stat", number);
    int file = openat(folder, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t count = read(file, line, sizeof line - 1);
    close(file);
    if (count <= 0) return false;
    line[count] = '\0';
    process->identifier = (pid_t)strtol(number, NULL, 10);
    return parse(line, process);
}

int system_processes(struct system_process *list, int capacity) {
    DIR *folder = opendir("/proc");
    if (folder == NULL) return -1;
    int count = 0;
    struct dirent *entry;
    while (count < capacity && (entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
        // One that has ended meanwhile is left out.
        if (read_process(dirfd(folder), entry->d_name, &list[count])) count++;
    }
    closedir(folder);
    return count;
}

#else

#include <libproc.h>
#include <stdlib.h>
#include <sys/proc.h>

int system_processes(struct system_process *list, int capacity) {
    int most = proc_listallpids(NULL, 0);
    if (most <= 0) return -1;
    // There may be some more by now.
    most += 64;
    pid_t *numbers = calloc((size_t)most, sizeof *numbers);
    if (numbers == NULL) return -1;
    most = proc_listallpids(numbers, most * (int)sizeof *numbers);
    int count = 0;
    for (int i = 0; i < most && count < capacity; i++) {
        struct proc_bsdinfo found;
        if (proc_pidinfo(numbers[i], PROC_PIDTBSDINFO, 0, &found, sizeof found) != sizeof found)
            continue;
        struct system_process *process = &list[count++];
        memset(process, 0, sizeof *process);
        process->identifier = numbers[i];
        process->parent = (pid_t)found.pbi_ppid;
        process->group = (pid_t)found.pbi_pgid;
        process->is_zombie = found.pbi_status == SZOMB;
        process->is_stopped = found.pbi_status == SSTOP;
        strlcpy(process->name, found.pbi_comm, sizeof process->name);
        process->start = found.pbi_start_tvsec * 1000000 + found.pbi_start_tvusec;
    }
    free(numbers);
    return count;
}

#endif
