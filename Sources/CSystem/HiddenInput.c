#include "Ending.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int hidden = -1;
static struct termios shown_attributes;
static struct sigaction stop_before, continue_before;

// A terminal that is not the controlling one has no foreground.
static int is_in_foreground(int descriptor) {
    pid_t group = tcgetpgrp(descriptor);
    return group < 0 || group == getpgrp();
}

static int turn_echo_off(int descriptor) {
    struct termios attributes;
    if (tcgetattr(descriptor, &attributes) < 0) return -1;
    // Keep only attributes with echo: without echo, the terminal is as this process left it.
    if (attributes.c_lflag & ECHO) {
        shown_attributes = attributes;
        ending_restore_terminal(descriptor, &attributes);
    }
    attributes.c_lflag &= ~(tcflag_t)ECHO;
    // Show the line end, or the next output would stand behind the prompt.
    attributes.c_lflag |= ECHONL;
    return tcsetattr(descriptor, TCSANOW, &attributes);
}

// It is installed only while the echo is off. The default action stops the process in raise().
static void handle_stop(int signal_number) {
    int saved = errno;
    int descriptor = atomic_load(&hidden);
    struct sigaction mine, standard = {.sa_handler = SIG_DFL};
    sigset_t stop;
    if (descriptor >= 0 && is_in_foreground(descriptor))
        tcsetattr(descriptor, TCSANOW, &shown_attributes);
    sigemptyset(&standard.sa_mask);
    sigaction(signal_number, &standard, &mine);
    sigemptyset(&stop);
    sigaddset(&stop, signal_number);
    raise(signal_number);
    pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    sigaction(signal_number, &mine, NULL);
    // A process group without a shell is not stopped, so no SIGCONT comes either.
    descriptor = atomic_load(&hidden);
    if (descriptor >= 0 && is_in_foreground(descriptor)) turn_echo_off(descriptor);
    errno = saved;
}

// If the process is continued in the background, the terminal is the shell's; the next read waits
// for the foreground.
static void handle_continue(int signal_number) {
    (void)signal_number;
    int saved = errno;
    int descriptor = atomic_load(&hidden);
    if (descriptor >= 0 && is_in_foreground(descriptor)) turn_echo_off(descriptor);
    errno = saved;
}

int ending_hide_input(int descriptor) {
    // No SA_RESTART: if the process is stopped because it changes the terminal from the background,
    // the loop below starts again with the terminal's attributes at that time.
    struct sigaction stop = {.sa_handler = handle_stop};
    struct sigaction resume = {.sa_handler = handle_continue};
    sigfillset(&stop.sa_mask);
    sigfillset(&resume.sa_mask);
    if (tcgetattr(descriptor, &shown_attributes) < 0) return -1;
    ending_restore_terminal(descriptor, &shown_attributes);
    atomic_store(&hidden, descriptor);
    sigaction(SIGCONT, &resume, &continue_before);
    // If SIGTSTP is ignored, as in a script, leave it ignored.
    if (sigaction(SIGTSTP, NULL, &stop_before) == 0 && stop_before.sa_handler != SIG_IGN)
        sigaction(SIGTSTP, &stop, NULL);
    int result;
    do result = turn_echo_off(descriptor);
    while (result < 0 && errno == EINTR);
    if (result < 0) {
        int code = errno;
        ending_show_input();
        errno = code;
    }
    return result;
}

void ending_show_input(void) {
    int descriptor = atomic_load(&hidden);
    if (descriptor < 0) return;
    // Block both signals here: a process that is continued between the two calls would hide the
    // input again, for good.
    sigset_t both;
    sigemptyset(&both);
    sigaddset(&both, SIGTSTP);
    sigaddset(&both, SIGCONT);
    pthread_sigmask(SIG_BLOCK, &both, NULL);
    while (tcsetattr(descriptor, TCSANOW, &shown_attributes) < 0 && errno == EINTR) {}
    atomic_store(&hidden, -1);
    ending_terminal_restored();
    sigaction(SIGTSTP, &stop_before, NULL);
    sigaction(SIGCONT, &continue_before, NULL);
    pthread_sigmask(SIG_UNBLOCK, &both, NULL);
}
