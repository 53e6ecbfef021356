# Practice 4, Exercise I, with the sheet's own loop. Arguments: <address> <port>
import select
import socket
import sys

from ready import listening

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(5)
listening("select_server.py", server)

inputs = [server]
outputs = []
timeout = 1

while True:
    readable, writable, exceptional = select.select(inputs, outputs, inputs, timeout)
    for s in readable:
        if s is server:
            connection, client_address = s.accept()
            inputs.append(connection)
        else:
            data = s.recv(4096)
            if data:
                s.sendall(b"OK")
            else:
                inputs.remove(s)
                s.close()
