# Lab 2, Assignment 1: the sheet's TCPserver.py. Arguments: <address> <port>
import sys
from socket import *

from ready import listening

serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.bind((sys.argv[1], int(sys.argv[2])))
serverSocket.listen(1)
listening(serverSocket)
print("Server is running")

while True:
    connSocket, addr = serverSocket.accept()
    print("Connected by: ", str(addr))
    sentence = connSocket.recv(2048).decode()
    print("Data from connected user: ", sentence)
    connSocket.send(sentence.upper().encode())
    connSocket.close()
