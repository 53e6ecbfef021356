"""Accepts everybody, and closes at once."""
import socket
import sys

import guess

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen()
while True:
    server.accept()[0].close()
