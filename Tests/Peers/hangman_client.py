# Programming 2, Task 5.2. Arguments: <address> <port> <letters>
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))

client.send(b"start")
print(client.recv(1024).decode(), end="")

for letter in sys.argv[3]:
    client.send(letter.encode())
    answer = client.recv(1024).decode()
    print(answer, end="")
    if "end" in answer:
        break

client.close()
