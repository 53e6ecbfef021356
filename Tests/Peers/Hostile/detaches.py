"""Starts a daemon: two forks and a session of its own, so that no group of it is known."""
import os
import time

import guess


def daemon():
    os.setsid()
    guess.child(lambda: time.sleep(guess.LIFE))


guess.child(daemon)
guess.serve()
