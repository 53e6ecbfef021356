# Practice 4, Chat application. Arguments: <address> <port>
import select
import socket
import sys

from ready import listening

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(5)
listening(server)

inputs = [server]
names = {}

while True:
    readable, _, _ = select.select(inputs, [], inputs, 1)
    for s in readable:
        if s is server:
            connection, client_address = s.accept()
            inputs.append(connection)
            continue
        data = s.recv(1024).decode()
        if not data:
            print("left:", names.pop(s, "?"))
            inputs.remove(s)
            s.close()
        elif s not in names:
            names[s] = data
            print("joined:", data)
        else:
            print("message:", data)
            for other in inputs:
                if other is not server and other is not s:
                    other.sendall(("[" + names[s] + "] " + data).encode())
