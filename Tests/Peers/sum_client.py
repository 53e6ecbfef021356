# Lab 2, Assignment 2. Arguments: <address> <port> <name> <number> [<separator>]
import sys
from socket import *

name = sys.argv[3]
number = int(sys.argv[4])
separator = sys.argv[5] if len(sys.argv) > 5 else ","

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((sys.argv[1], int(sys.argv[2])))
clientSocket.send((name + separator + str(number)).encode())
reply = clientSocket.recv(1024).decode()
if reply == "":
    print("Server has ended")
else:
    serverName, serverNumber = reply.split(separator)
    print("Client's name:", name)
    print("Server's name:", serverName)
    print("Client's number:", number)
    print("Server's number:", int(serverNumber))
    print("Sum:", number + int(serverNumber))
clientSocket.close()
