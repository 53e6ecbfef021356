# Lab 2, Assignment 3, as the sheet says. Arguments: <address> <port> <name> <local name>
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))
client.send(sys.argv[3].encode())
with open(sys.argv[4], "wb") as file:
    block = client.recv(1024)
    while block:
        file.write(block)
        block = client.recv(1024)
client.close()
