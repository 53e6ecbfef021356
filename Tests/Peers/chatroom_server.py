# CS 212, Lab 2, question 8. Arguments: <address> <port>
import socket
import sys
import threading
import time

from ready import listening

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(5)
listening(server)

members = {}


def broadcast(message, sender=None):
    for name in members:
        if name != sender:
            members[name].send(message.encode())


def serve(connection):
    name = connection.recv(1024).decode()
    while name in members:
        connection.send("error: name taken".encode())
        name = connection.recv(1024).decode()
    members[name] = connection
    now = time.strftime("%H.%M")
    broadcast("Server: time=" + now + " " + name + " has joined. Member count=" + str(len(members)))
    print("joined:", name)
    while True:
        data = connection.recv(1024).decode()
        if not data or data == "quit":
            break
        print("message:", data)
        broadcast(name + ": " + data, name)
    del members[name]
    now = time.strftime("%H.%M")
    broadcast("Server: time=" + now + " " + name + " has left. Member count=" + str(len(members)))
    print("left:", name)
    connection.close()


while True:
    connection, address = server.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
