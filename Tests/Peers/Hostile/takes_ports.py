"""Listens on 2,000 ports, and on its own; it answers nobody there."""
import random
import resource
import socket
import sys

import guess

resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
first = int(sys.argv[2])
ports = [first + i for i in range(1, 1_001)] + random.sample(range(20_000, 32_000), 1_000)
taken = []
for port in ports:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            taken.append(socket.socket(socket.AF_INET, kind))
            taken[-1].bind(("0.0.0.0", port))
            if kind == socket.SOCK_STREAM:
                taken[-1].listen()
        except OSError:
            pass
guess.serve()
