# Programming 2, Processing Client Requests. Arguments: <address> <port> <format>...
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))

for requested in sys.argv[3:]:
    s.send(requested.encode("utf-8"))
    print(str(s.recv(4096), "utf-8"))

s.close()
