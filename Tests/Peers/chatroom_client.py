# CS 212, Lab 2, question 8. Arguments: <address> <port>
import socket
import sys
import threading

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))


def show():
    while True:
        data = client.recv(1024).decode()
        if not data:
            break
        print(data)


print("Enter login name:")
client.send(input("> ").encode())
threading.Thread(target=show, daemon=True).start()
while True:
    line = input("> ")
    client.send(line.encode())
    if line == "quit":
        break
client.close()
