"""Somebody at a terminal: types each answer once its prompt is there. Nothing naive here.

Arguments: a program and its arguments. Input: lines of a prompt, a tab, and the answer.
Prints what the terminal has shown, and ends as the program did.
"""
import os
import pty
import sys

steps = [line.rstrip("\n").split("\t") for line in sys.stdin]
process, terminal = pty.fork()
if process == 0:
    os.execv(sys.argv[1], sys.argv[1:])


def read():
    try:
        return os.read(terminal, 65536)
    except OSError:  # so Linux tells that the program has ended
        return b""


shown = b""
for prompt, answer in steps:
    start = len(shown)
    while prompt.encode() not in shown[start:]:
        piece = read()
        if not piece:
            sys.exit("no '%s' in: %s" % (prompt, shown.decode()))
        shown += piece
    os.write(terminal, answer.encode() + b"\n")
while True:
    piece = read()
    if not piece:
        break
    shown += piece

sys.stdout.write(shown.decode().replace("\r\n", "\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
