# CS 212, question 3 (UDP). Arguments: <address> <port> <count>
# The random wait between requests is left out.
import sys
from socket import *

clientSocket = socket(AF_INET, SOCK_DGRAM)

for i in range(int(sys.argv[3])):
    request = "SEND_DATE" if i % 2 == 0 else "SEND_TIME"
    clientSocket.sendto(request.encode(), (sys.argv[1], int(sys.argv[2])))
    reply, serverAddress = clientSocket.recvfrom(2048)
    print(reply.decode())

clientSocket.close()
