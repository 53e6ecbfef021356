# Programming 2, Handling Multiple Clients: a thread for each. Arguments: <address> <port>
import socket
import sys
import threading
from datetime import datetime

from ready import listening


def handle_client(address, client_socket):
    while True:
        data = client_socket.recv(1024)
        if not data:
            break
        formatRequested = data.decode("utf-8")
        client_socket.sendall(datetime.now().strftime(formatRequested).encode("utf-8"))
    client_socket.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen()
listening(s)

while True:
    client_socket, address = s.accept()
    t1 = threading.Thread(target=handle_client, args=(address, client_socket))
    t1.start()
