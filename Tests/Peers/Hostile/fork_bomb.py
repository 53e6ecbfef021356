"""Forks and forks, each process in a session of its own; 300 at most, none longer than a minute."""
import os

import guess

permits, store = os.pipe()
os.write(store, b"." * 299)
while os.read(permits, 1):
    if os.fork() == 0:
        guess.bound()
        os.setsid()
