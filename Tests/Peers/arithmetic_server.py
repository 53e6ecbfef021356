# CS 212, Lab 2, question 6. Arguments: <address> <port>
import socket
import sys

from ready import listening

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(1)
listening(server)

connection, address = server.accept()
name = connection.recv(1024).decode().strip()
print("connected to", name)
while True:
    data = connection.recv(1024).decode().strip()
    if data == "q":
        print("Session ended")
        break
    print(name + ":", data)
    a, op, b = data.split()
    a = float(a)
    b = float(b)
    if op == "+":
        result = a + b
    elif op == "-":
        result = a - b
    elif op == "*":
        result = a * b
    else:
        result = a / b
    connection.send(str(result).encode())
connection.close()
