# Programming 2, Task 5.3. Arguments: <address> <port> <name> <cells, in the order they are tried>
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))
client.send(sys.argv[3].encode())
cells = list(sys.argv[4])

while True:
    data = client.recv(1024).decode()
    if not data:
        break
    for line in data.splitlines():
        print(line)
        if line.startswith("move "):
            client.send(cells.pop(0).encode())

client.close()
