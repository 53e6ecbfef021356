// Swift imports no C function with a variable number of arguments. Here are the few that are
// needed.

#ifndef VARIADIC_H
#define VARIADIC_H

#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>

static inline int system_open(const char *path, int flags, mode_t mode) {
    return open(path, flags, mode);
}

static inline int system_openat(int folder, const char *path, int flags) {
    return openat(folder, path, flags);
}

static inline int system_close_on_exec(int descriptor) {
    return fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

// The width of a terminal in columns, or 0 if the descriptor is no terminal or does not know its
// width.
static inline int system_terminal_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// A number with 15 significant digits at most, as %g writes it; returns the length.
static inline int system_general_notation(double number, char *buffer, size_t size) {
    return snprintf(buffer, size, "%.15g", number);
}

// A number with so many decimals, as %f writes it; returns the length.
static inline int system_fixed_notation(double number, int decimals, char *buffer, size_t size) {
    return snprintf(buffer, size, "%.*f", decimals, number);
}

#endif
