# Unit B3, Lab tasks. Arguments: <address> <port>
import socket
import sys

cli_sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
cli_sock.connect((sys.argv[1], int(sys.argv[2])))
while True:
    line = input()
    if line == "EXIT":
        break
    cli_sock.sendall(line.encode('utf-8'))
    data = cli_sock.recv(1024)
    if not data:
        break
    print(data.decode('utf-8'))
cli_sock.close()
