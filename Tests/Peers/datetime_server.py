# CS 212, question 3 (UDP). Arguments: <address> <port>
import sys
from datetime import datetime
from socket import *

from ready import listening

serverSocket = socket(AF_INET, SOCK_DGRAM)
serverSocket.bind((sys.argv[1], int(sys.argv[2])))
listening(serverSocket)

while True:
    message, clientAddress = serverSocket.recvfrom(2048)
    request = message.decode()
    if request == "SEND_DATE":
        reply = datetime.now().strftime("%Y-%m-%d")
    elif request == "SEND_TIME":
        reply = datetime.now().strftime("%H:%M:%S")
    else:
        reply = "unknown request"
    serverSocket.sendto(reply.encode(), clientAddress)
