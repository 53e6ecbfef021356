# Programming 2, the "Hello-world" TCP client. Arguments: <address> <port>
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))

msg = b"Hi Server"

s.send(msg)
message_from_server = s.recv(4096)
print(message_from_server.decode())

s.close()
