# Unit B3: the sheet's myserver.py. Arguments: <address> <port>
import socket
import sys

from ready import listening

srv_sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
srv_sock.bind((sys.argv[1], int(sys.argv[2])))
srv_sock.listen(5)
listening(srv_sock)
while True:
    cli_sock, cli_addr = srv_sock.accept()
    request = cli_sock.recv(1024)
    print(str(cli_addr) + ": " + request.decode('utf-8'))
    cli_sock.close()
