# CS 212, question 1 (UDP). Arguments: <address> <port>
import sys
from socket import *

from ready import listening

serverSocket = socket(AF_INET, SOCK_DGRAM)
serverSocket.bind((sys.argv[1], int(sys.argv[2])))
listening(serverSocket)

while True:
    message, clientAddress = serverSocket.recvfrom(2048)
    serverSocket.sendto(message.decode().upper().encode(), clientAddress)
