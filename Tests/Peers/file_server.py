# Lab 2, Assignment 3. Arguments: <address> <port>. Serves the current folder.
import sys
from socket import *

from ready import listening

serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind((sys.argv[1], int(sys.argv[2])))
serverSocket.listen(1)
listening(serverSocket)

while True:
    connSocket, addr = serverSocket.accept()
    name = connSocket.recv(1024).decode()
    try:
        with open(name, "rb") as file:
            block = file.read(1024)
            while block:
                connSocket.send(block)
                block = file.read(1024)
        print("sent", name)
    except FileNotFoundError:
        print("no file", name)
    connSocket.close()
