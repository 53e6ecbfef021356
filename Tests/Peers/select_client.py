# Practice 4, Exercise I. Arguments: <address> <port> <message>...
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))

for message in sys.argv[3:]:
    client.sendall(message.encode())
    data = client.recv(16).decode()
    print(data)

client.close()
