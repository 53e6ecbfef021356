# Programming 2, the "Hello-world" TCP server, in a loop for each client. It receives until an error
# comes; an empty message is one, too. Arguments: <address> <port>
import socket
import sys

from ready import listening

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen()
listening(s)

while True:
    client_socket, address = s.accept()
    try:
        while True:
            message_from_client = client_socket.recv(1024)
            client_socket.sendall((b"Hello in return!"))
    except OSError:
        client_socket.close()
