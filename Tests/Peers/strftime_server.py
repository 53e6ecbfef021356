# Programming 2, Processing Client Requests: an iterative server. Arguments: <address> <port>
import socket
import sys
from datetime import datetime

from ready import listening

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(1)
listening(s)

while True:
    conn, addr = s.accept()
    while True:
        data = conn.recv(1024)
        formatRequested = data.decode("utf-8")
        if not data:
            break
        conn.sendall(datetime.now().strftime(formatRequested).encode("utf-8"))
    conn.close()
