"""Stops itself. A child continues it after a minute, so that its end comes."""
import os
import signal
import time

import guess

program = os.getpid()


def awake():
    time.sleep(guess.LIFE - 5)
    if os.getppid() == program:
        os.kill(program, signal.SIGKILL)


guess.child(awake)
os.kill(program, signal.SIGSTOP)
guess.serve()
