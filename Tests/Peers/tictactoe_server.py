# Programming 2, Task 5.3. Arguments: <address> <port>
import socket
import sys

from ready import listening

LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(2)
listening(server)

players = []
names = []
while len(players) < 2:
    player, address = server.accept()
    name = player.recv(1024).decode().strip()
    print("joined:", name)
    player.send(("Welcome " + name + "\n").encode())
    players.append(player)
    names.append(name)


def tell_both(text):
    for player in players:
        player.send((text + "\n").encode())


board = ["."] * 9
tell_both("init@1 " + names[0] + " " + names[1])
turn = 0
result = ""
while not result:
    players[turn].send(("move " + "".join(board) + "\n").encode())
    answer = players[turn].recv(1024).decode().strip()
    if not answer:
        result = "abandoned"
    elif not answer.isdigit() or not 1 <= int(answer) <= 9 or board[int(answer) - 1] != ".":
        players[turn].send("invalid choose a free cell\n".encode())
    else:
        board[int(answer) - 1] = "XO"[turn]
        tell_both("moved " + names[turn] + " " + answer + " " + "".join(board))
        if any(board[a] == board[b] == board[c] != "." for a, b, c in LINES):
            result = names[turn]
        elif "." not in board:
            result = "draw"
        turn = 1 - turn

print("result:", result)
tell_both("GameEnd " + result)
for player in players:
    player.close()
