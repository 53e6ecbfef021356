# CS 212, Lab 2, question 6: it sends a greeting after the name. Arguments: <address> <port>
import socket
import sys

from ready import listening

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(1)
listening(server)

connection, address = server.accept()
name = connection.recv(1024).decode()
connection.send(("Hello " + name).encode())
while True:
    data = connection.recv(1024).decode().strip()
    if data == "q":
        break
    print(name + ":", data)
    connection.send(str(eval(data)).encode())
connection.close()
