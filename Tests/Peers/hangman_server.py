# Programming 2, Task 5.2. Arguments: <address> <port> <word>
import socket
import sys

from ready import listening

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(1)
listening(server)
word = sys.argv[3]

while True:
    client, address = server.accept()
    found = set()
    misses = 6
    while True:
        request = client.recv(1024).decode()
        if not request:
            break
        print("received:", request)
        if request == "start":
            client.send(("length " + str(len(word)) + "\n").encode())
        elif request in word:
            found.add(request)
            answer = "at " + ",".join(str(i + 1) for i in range(len(word)) if word[i] == request)
            if found == set(word):
                answer += "\nend won " + word
            client.send((answer + "\n").encode())
        else:
            misses -= 1
            answer = "none " + str(misses)
            if misses == 0:
                answer += "\nend lost " + word
            client.send((answer + "\n").encode())
    client.close()
