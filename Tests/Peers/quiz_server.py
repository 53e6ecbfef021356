# Programming 2, Task 5.1, without the bonus tasks. Arguments: <address> <port>
import socket
import sys
import threading

from ready import listening

questions = [
    ("Which of these is a protocol?", ["TCP", "cat", "ls", "vi"], "a"),
    ("Which port does HTTP use?", ["80", "81", "82", "83"], "a"),
]


def handle_client(connection):
    words = connection.recv(1024).decode().split(" ")
    n = int(words[2])
    points = 0
    message = ""
    for i in range(n):
        text, answers, right = questions[i]
        message += "question %d/%d %s\n" % (i + 1, n, text)
        for letter, answer in zip("abcd", answers):
            message += "%s) %s\n" % (letter, answer)
        connection.sendall(message.encode())
        if connection.recv(1024).decode() == right:
            points += 1
            message = "correct\n"
        else:
            message = "wrong: " + right + "\n"
    message += "score %d/%d\n" % (points, n)
    connection.sendall(message.encode())
    connection.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen()
listening(s)

while True:
    client_socket, address = s.accept()
    threading.Thread(target=handle_client, args=(client_socket,)).start()
