# Lab 2, Assignment 1: the client to the sheet's server. Arguments: <address> <port>
import sys
from socket import *

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((sys.argv[1], int(sys.argv[2])))
sentence = input("Input lowercase sequence: ")
clientSocket.send(sentence.encode())
modified = clientSocket.recv(2048)
print("Message received:", modified.decode())
clientSocket.close()
