"""Ignores all signals that it can."""
import signal

import guess

for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
    signal.signal(number, signal.SIG_IGN)
guess.serve()
