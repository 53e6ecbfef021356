# Practice 4, Chat application. Arguments: <address> <port> <name>
import select
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))
client.sendall(sys.argv[3].encode())

while True:
    readable, _, _ = select.select([client, sys.stdin], [], [])
    if client in readable:
        data = client.recv(1024).decode()
        if not data:
            break
        print(data)
    if sys.stdin in readable:
        line = sys.stdin.readline()
        if not line:
            break
        client.sendall(line.strip().encode())

client.close()
