"""Sends so many MiB to a port of this machine, and ends the stream."""
import socket
import sys

with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as sock:
    block = bytes(1 << 18)
    for _ in range(int(sys.argv[2]) * 4):
        sock.sendall(block)
    sock.shutdown(socket.SHUT_WR)
    sock.recv(1)
