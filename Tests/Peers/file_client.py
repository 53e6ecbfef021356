# Lab 2, Assignment 3. Arguments: <server>:<port>:<name on server> <local name>
import sys
from socket import *

server, port, name = sys.argv[1].split(":")

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((server, int(port)))
clientSocket.send(name.encode())

with open(sys.argv[2], "wb") as file:
    block = clientSocket.recv(1024)
    while block:
        file.write(block)
        block = clientSocket.recv(1024)

clientSocket.close()
print("received", sys.argv[2])
