# CS 212, Lab 2, question 6: it waits until the server has greeted. Arguments: <address> <port> <name>
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
s.send(sys.argv[3].encode())
print(s.recv(1024).decode(), end="")
for line in sys.stdin:
    line = line.strip()
    s.send(line.encode())
    if line == "q":
        break
    print("Answer:", s.recv(1024).decode())
s.close()
