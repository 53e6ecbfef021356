"""Listens, so that everybody can connect, and never accepts."""
import socket
import sys
import time

import guess

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(4_096)
time.sleep(guess.LIFE)
