# Practice 4, Chat application, as the course's own sample does it: it reads the name right after
# accept, without waiting, and passes messages on without a line end. Arguments: <address> <port>
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
            connection.setblocking(False)
            names[connection] = connection.recv(1024).decode()
            inputs.append(connection)
            print("joined:", names[connection])
            continue
        data = s.recv(1024).decode()
        if not data:
            print("left:", names[s])
            inputs.remove(s)
            s.close()
            continue
        message = "[" + names[s] + "] " + data.strip()
        for other in inputs:
            if other is not server and other is not s:
                other.sendall(message.encode())
