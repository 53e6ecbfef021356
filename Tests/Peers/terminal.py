"""A terminal for a program under test, with a shell in it that only runs the program.

The input of this script is typed in the terminal, and the program's output comes out. When the
program stops or ends, the shell tells on stderr how, and whether the terminal is restored; it
continues a stopped program at once. A real shell would run each line that was typed and not read:
this shell tells of such lines, too. SIGINT and SIGTERM are passed on to the program.

Arguments: <columns> <command> [<argument>...]
"""
import fcntl
import os
import pty
import signal
import struct
import sys
import termios
import threading


PASSED_ON = (signal.SIGINT, signal.SIGTERM)


def pass_signals_to(process):
    for number in PASSED_ON:
        signal.signal(number, lambda number, _: os.kill(process, number))


def left_for_the_shell():
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    os.tcsetpgrp(0, os.getpgrp())
    attributes = termios.tcgetattr(0)
    attributes[3] &= ~termios.ICANON
    attributes[6][termios.VMIN] = attributes[6][termios.VTIME] = 0
    termios.tcsetattr(0, termios.TCSANOW, attributes)
    return os.read(0, 65536)


def shell(report, columns, command):
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    before = termios.tcgetattr(0)
    # A signal waits until it can be passed on.
    signal.pthread_sigmask(signal.SIG_BLOCK, PASSED_ON)
    program = os.fork()
    if program == 0:
        os.close(report)
        os.setpgid(0, 0)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)
        os.execv(command[0], command)
    pass_signals_to(program)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)
    while True:
        _, status = os.waitpid(program, os.WUNTRACED)
        state = "restored" if termios.tcgetattr(0) == before else "changed"
        how = "stopped" if os.WIFSTOPPED(status) else "ended"
        os.write(report, ("%s: terminal %s\n" % (how, state)).encode())
        if not os.WIFSTOPPED(status):
            left = left_for_the_shell()
            if left:
                os.write(report, ("left for the shell: %r\n" % left).encode())
            os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
        os.kill(program, signal.SIGCONT)


def type_what_comes(terminal):
    while True:
        data = os.read(0, 65536)
        if not data:
            break
        os.write(terminal, data)


report = os.dup(2)
os.environ["TERM"] = "xterm"
shell_id, terminal = pty.fork()
if shell_id == 0:
    shell(report, int(sys.argv[1]), sys.argv[2:])

pass_signals_to(shell_id)
threading.Thread(target=type_what_comes, args=(terminal,), daemon=True).start()
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:  # the shell has ended
        break
    if not data:
        break
    os.write(1, data)
_, status = os.waitpid(shell_id, 0)
sys.stdout.flush()
os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
