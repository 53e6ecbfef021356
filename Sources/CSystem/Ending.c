#include "Ending.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { SLOT_COUNT = 64, PATH_SIZE = 4096 };
enum { FREE, RESERVED, NOTED };

static struct {
    atomic_int state;
    char path[PATH_SIZE];
} slots[SLOT_COUNT];

static struct termios terminal_attributes;
static atomic_int terminal_descriptor = -1;

// The descriptor of the keyboard, and whether there is text before the cursor in its row.
static atomic_int keyboard_descriptor = -1;
static atomic_int row_is_begun;

static atomic_int is_ending;
static volatile sig_atomic_t ends_with_zero;

void ending_drop_input(int descriptor) { atomic_store(&keyboard_descriptor, descriptor); }

void ending_set_row_begun(int begun) { atomic_store(&row_is_begun, begun); }

void ending_end_row(void) {
    if (!atomic_exchange(&row_is_begun, 0)) return;
    struct termios attributes;
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        // Try each of the three: standard input may be open only for reading, and the others may
        // not lead to the terminal.
        if (tcgetattr(descriptor, &attributes) == 0 && write(descriptor, "\n", 1) == 1) return;
    }
}

// If another process group is in the terminal's foreground, the terminal and its input belong to
// that group.
static int is_in_foreground(int descriptor) { return tcgetpgrp(descriptor) == getpgrp(); }

void ending_note_interrupt(int signal_number) {
    struct termios attributes;
    if (signal_number != SIGINT || !is_in_foreground(STDIN_FILENO)) return;
    // The terminal has shown Ctrl-C as ^C.
    if (tcgetattr(STDIN_FILENO, &attributes) == 0 && attributes.c_lflag & ECHO) ending_set_row_begun(1);
}

static void drop_input(void) {
    int descriptor = atomic_exchange(&keyboard_descriptor, -1);
    if (descriptor >= 0 && is_in_foreground(descriptor)) tcflush(descriptor, TCIFLUSH);
}

void ending_clean_up(void) {
    atomic_store(&is_ending, 1);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (atomic_load(&slots[slot].state) == NOTED) unlink(slots[slot].path);
    }
    int descriptor = atomic_exchange(&terminal_descriptor, -1);
    if (descriptor >= 0) {
        tcsetattr(descriptor, TCSANOW, &terminal_attributes);
        ending_set_row_begun(1);
    }
    // End the cursor's row, so that the shell's prompt begins in the next.
    ending_end_row();
    drop_input();
}

static void end_process(int signal_number) {
    ending_note_interrupt(signal_number);
    ending_clean_up();
    _exit(ends_with_zero ? 0 : 128 + signal_number);
}

// The default action tells the parent which signal ended the process. It runs when this handler has
// returned.
static void end_by_default(int signal_number) {
    ending_clean_up();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void handle(int signal_number, void (*handler)(int)) {
    struct sigaction action = {0};
    action.sa_handler = handler;
    // The handler blocks all signals, SIGTTOU too: so a background process may restore the
    // terminal.
    sigfillset(&action.sa_mask);
    sigaction(signal_number, &action, NULL);
}

static void handle_unless_ignored(int signal_number) {
    struct sigaction inherited;
    // Leave an ignored SIGHUP ignored, or nohup(1) would not work.
    if (sigaction(signal_number, NULL, &inherited) == 0 && inherited.sa_handler == SIG_IGN) return;
    handle(signal_number, end_by_default);
}

void ending_install(int zero) {
    ends_with_zero = zero;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    handle_unless_ignored(SIGHUP);
    handle_unless_ignored(SIGQUIT);
    handle(SIGINT, end_process);
    handle(SIGTERM, end_process);

    sigset_t handled;
    sigemptyset(&handled);
    sigaddset(&handled, SIGINT);
    sigaddset(&handled, SIGTERM);
    sigprocmask(SIG_UNBLOCK, &handled, NULL);
}

// Wait for the end here: a file noted after the handler has gone through the slots would not be
// removed.
static void stop_if_ending(void) {
    while (atomic_load(&is_ending)) pause();
}

int ending_remove_file(const char *path) {
    size_t length = strlen(path);
    if (length >= PATH_SIZE) return -1;
    stop_if_ending();
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        int expected = FREE;
        if (!atomic_compare_exchange_strong(&slots[slot].state, &expected, RESERVED)) continue;
        memcpy(slots[slot].path, path, length + 1);
        atomic_store(&slots[slot].state, NOTED);
        stop_if_ending();
        return slot;
    }
    return -1;
}

void ending_keep_file(int slot) {
    if (slot >= 0 && slot < SLOT_COUNT) atomic_store(&slots[slot].state, FREE);
}

void ending_restore_terminal(int descriptor, const struct termios *attributes) {
    terminal_attributes = *attributes;
    atomic_store(&terminal_descriptor, descriptor);
}

void ending_terminal_restored(void) { atomic_store(&terminal_descriptor, -1); }

void ending_give_terminal_back(void) {
    int descriptor = atomic_exchange(&terminal_descriptor, -1);
    // Drain the output first, so that all of it is shown in the mode in which it was printed.
    if (descriptor >= 0) tcsetattr(descriptor, TCSADRAIN, &terminal_attributes);
}

static void stop_process(int signal_number) {
    int saved = errno;
    int descriptor = atomic_load(&terminal_descriptor);
    struct termios taken;
    int is_taken = descriptor >= 0 && tcgetattr(descriptor, &taken) == 0;
    if (is_taken) tcsetattr(descriptor, TCSANOW, &terminal_attributes);

    // Use the default action, as the shell expects. The process stops when the signal is unblocked.
    sigset_t stopping, before;
    sigemptyset(&stopping);
    sigaddset(&stopping, signal_number);
    sigaddset(&stopping, SIGTTOU);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
    sigprocmask(SIG_UNBLOCK, &stopping, &before);

    // The process has been continued. In the background SIGTTOU stops it here again, until it has
    // the terminal.
    if (is_taken) tcsetattr(descriptor, TCSANOW, &taken);
    sigprocmask(SIG_SETMASK, &before, NULL);
    handle(signal_number, stop_process);
    errno = saved;
}

int ending_take_terminal(int descriptor) {
    struct termios attributes;
    struct sigaction inherited;
    if (tcgetattr(descriptor, &attributes) != 0) return -1;
    ending_restore_terminal(descriptor, &attributes);
    // A shell without job control makes its programs ignore SIGTSTP: there nobody could continue
    // the program.
    int may_stop = sigaction(SIGTSTP, NULL, &inherited) != 0 || inherited.sa_handler != SIG_IGN;
    if (may_stop) handle(SIGTSTP, stop_process);

    attributes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    attributes.c_iflag |= ICRNL;
    attributes.c_cc[VMIN] = 1;
    attributes.c_cc[VTIME] = 0;
    attributes.c_cc[VSUSP] = _POSIX_VDISABLE;
    // Drain, do not flush: the text that was typed ahead stays.
    if (tcsetattr(descriptor, TCSADRAIN, &attributes) == 0) return 0;
    ending_terminal_restored();
    return -1;
}
