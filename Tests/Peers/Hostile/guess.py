"""What the programs in this folder share. Each plays the guess game as far as it gets, and does harm.

All of them are bounded: every process ends by itself after a minute, whoever starts it.
"""
import os
import runpy
import signal
import sys

LIFE = 60


def bound():
    """Ends this process after a minute. A child has to ask for it itself."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(LIFE)


def serve():
    """Becomes the naive server in the folder above."""
    above = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    sys.path.insert(0, above)
    runpy.run_path(os.path.join(above, "guess_server.py"), run_name="__main__")


def is_judged():
    """Whether its parent is the judge's, so that by hand nobody's shell is killed."""
    with open("/proc/%d/comm" % os.getppid()) as file:
        return file.read() == "keeper\n"


def child(work):
    """Starts a process that does this."""
    if os.fork() == 0:
        bound()
        work()
        os._exit(0)


bound()
