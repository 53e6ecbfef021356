// Cleans up the disk and the terminal when a process ends, by a signal or by itself.
//
// A signal handler may touch no Swift object, so its few data lie here, in C.

#ifndef ENDING_H
#define ENDING_H

#include <termios.h>

// Handles SIGINT and SIGTERM, even if they were inherited as ignored or blocked: cleans up, then
// ends with 0 if ends_with_zero, else with 128 + signal. SIGHUP and SIGQUIT clean up, then act as
// usual. SIGPIPE and SIGXFSZ are ignored: write(2) tells the same with EPIPE and EFBIG.
void ending_install(int ends_with_zero);

// Notes a file that the process's end shall remove. Call it before you create the file. Returns a
// slot for ending_keep_file, or -1 if all slots are taken or the path is too long.
int ending_remove_file(const char *path);

// Frees the slot once the file has been renamed or removed.
void ending_keep_file(int slot);

// Notes the terminal's settings, before its echo is turned off; ending_terminal_restored drops
// them.
void ending_restore_terminal(int descriptor, const struct termios *attributes);
void ending_terminal_restored(void);

// Turns the terminal's echo off until ending_show_input, so that typed text is not shown. While the
// process is stopped (SIGTSTP), and after its end, the terminal is as it was. Returns 0 or -1.
int ending_hide_input(int descriptor);
void ending_show_input(void);

// Notes the keyboard's descriptor: text that was typed there and not read is dropped at the end of
// the process, so that no shell runs it.
void ending_drop_input(int descriptor);

// Notes whether the cursor of a terminal stands behind a prompt. If it does, ending_end_row moves
// it to the next row, and so does the end of the process.
void ending_set_row_begun(int begun);
void ending_end_row(void);

// Notes that the cursor stands behind the ^C that a terminal has shown. These three are
// async-signal-safe.
void ending_note_interrupt(int signal_number);

// Removes the noted files, restores the terminal and drops its input. Async-signal-safe.
void ending_clean_up(void);

// Takes a terminal over for a program that edits lines itself: every key comes at once and is not
// shown, Ctrl-Z too. The terminal still handles Ctrl-C, Ctrl-\ and the flow control. The old
// settings are noted: the end of the process restores them, and so does a stop (SIGTSTP), until the
// process is continued. Returns 0, or -1 if it is no terminal.
int ending_take_terminal(int descriptor);

// Restores the terminal now.
void ending_give_terminal_back(void);

#endif
