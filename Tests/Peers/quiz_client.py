# Programming 2, Task 5.1. Arguments: <address> <port> <name> <number of questions>
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
s.send(("play " + sys.argv[3] + " " + sys.argv[4]).encode())

while True:
    message = s.recv(1024).decode()
    print(message)
    if "question" not in message:
        break
    s.send(input().encode())

s.close()
