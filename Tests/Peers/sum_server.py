# Lab 2, Assignment 2. Arguments: <address> <port> [<number> [<separator>]]
import random
import sys
from socket import *

from ready import listening

myName = "Bob"
myNumber = int(sys.argv[3]) if len(sys.argv) > 3 else random.randint(1, 100)
separator = sys.argv[4] if len(sys.argv) > 4 else ","

serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind((sys.argv[1], int(sys.argv[2])))
serverSocket.listen(1)
listening(serverSocket)

while True:
    connSocket, addr = serverSocket.accept()
    name, number = connSocket.recv(1024).decode().split(separator)
    number = int(number)
    if number < 1 or number > 100:
        connSocket.close()
        break
    print("Client's name:", name)
    print("Server's name:", myName)
    print("Client's number:", number)
    print("Server's number:", myNumber)
    print("Sum:", number + myNumber)
    connSocket.send((myName + separator + str(myNumber)).encode())
    connSocket.close()

serverSocket.close()
