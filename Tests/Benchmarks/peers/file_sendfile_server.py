# The fastest that Python offers: the kernel sends the file. Arguments: <address> <port>
import socket
import sys

from ready import listening

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(1)
listening("file_sendfile_server.py", server)

while True:
    connection, address = server.accept()
    name = connection.recv(1024).decode()
    with open(name, "rb") as file:
        connection.sendfile(file)
    connection.close()
