"""Takes 100 MB for each client, for 30 clients at most."""
import socket

import guess

taken = []
accept = socket.socket.accept


def greedy(listener):
    if len(taken) < 30:
        taken.append(b"x" * 100_000_000)
    return accept(listener)


socket.socket.accept = greedy
guess.serve()
