# Unit B3, Lab tasks. Arguments: <address> <port>
import socket
import sys

srv_sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
srv_sock.bind((sys.argv[1], int(sys.argv[2])))
srv_sock.listen(5)
# Its input is the keyboard, so it does not use ready.py, which reads the input.
print("listening on %s:%d" % srv_sock.getsockname(), file=sys.stderr)
while True:
    cli_sock, cli_addr = srv_sock.accept()
    while True:
        data = cli_sock.recv(1024)
        if not data:
            break
        print(data.decode('utf-8'))
        line = input()
        if line == "EXIT":
            break
        cli_sock.sendall(line.encode('utf-8'))
    cli_sock.close()
