"""Sends to every client without end. Argument: x|no, then the address and port.

`no` sends right answers, so that only their number is wrong.
"""
import socket
import struct
import sys
import threading

import guess

block = (struct.pack("c i", b"N", 0) if sys.argv.pop(1) == "no" else b"x" * 8) * 8_192


def flood(client):
    try:
        while True:
            client.sendall(block)
    except OSError:
        pass


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen()
while True:
    threading.Thread(target=flood, args=server.accept()[:1], daemon=True).start()
