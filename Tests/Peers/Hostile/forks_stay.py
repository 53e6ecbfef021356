"""Starts three processes that stay, and ignore that they are asked to end."""
import signal
import time

import guess


def stay():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    time.sleep(guess.LIFE)


for _ in range(3):
    guess.child(stay)
guess.serve()
