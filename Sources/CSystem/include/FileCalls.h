// File calls that differ between platforms, or that Swift cannot name.

#ifndef CSYSTEM_FILECALLS_H
#define CSYSTEM_FILECALLS_H

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

// openat(2) with O_CREAT.
static inline int system_create_at(int folder, const char *path, int flags, mode_t mode) {
    return openat(folder, path, flags | O_CREAT, mode);
}

// readdir(3): the next name in a folder, without "." and ".."; NULL after the last one. It is good
// until the next call. Swift would read the whole array of an entry's name, of which the system
// gives only the part that the name needs.
static inline const char *system_next_name(DIR *folder) {
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            return entry->d_name;
        }
    }
    return NULL;
}

// flock(2) with an exclusive lock, without waiting. Swift sees only the struct of that name.
static inline int system_lock(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB); }
static inline int system_unlock(int descriptor) { return flock(descriptor, LOCK_UN); }

// Waits until the file's bytes are on the disk itself: fdatasync(2), or fcntl(2) with F_FULLFSYNC
// where fsync(2) stops at the disk's own memory.
static inline int system_synchronize(int descriptor) {
#ifdef F_FULLFSYNC
    // Not every file system knows it.
    return fcntl(descriptor, F_FULLFSYNC) == 0 ? 0 : fsync(descriptor);
#else
    return fdatasync(descriptor);
#endif
}

#endif
