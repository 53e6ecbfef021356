# CS 212, Lab 2, question 6. Arguments: <address> <port> <name>
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))
client.send(sys.argv[3].encode())

while True:
    line = input()
    if line == "q":
        client.send(line.encode())
        break
    parts = line.split()
    if len(parts) != 3 or parts[1] not in "+-*/":
        print("Warning: wrong format")
        continue
    client.send(line.encode())
    print("Answer:", client.recv(1024).decode())

client.close()
