"""Kills its parent, or its parent's group. Argument: one|group, then the address and port."""
import os
import signal
import sys

import guess

assert guess.is_judged()
parent = os.getppid()
if sys.argv.pop(1) == "group":
    os.killpg(os.getpgid(parent), signal.SIGKILL)
else:
    os.kill(parent, signal.SIGKILL)
guess.serve()
