# Practice 4, Assignment III. Arguments: <address> <port> [<number> [broadcast]]
# With broadcast it tells everybody at once that the game has ended, as some solutions do.
import random
import select
import socket
import struct
import sys

from ready import listening

message = struct.Struct("c i")
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(5)
listening(server)

inputs = [server]
number = int(sys.argv[3]) if len(sys.argv) > 3 else random.randint(1, 100)
broadcast = "broadcast" in sys.argv
won = False
out = []


def answer(s, op, guess):
    global won
    if won or s in out:
        return b"V"
    if op == b"<":
        return b"I" if number < guess else b"N"
    if op == b">":
        return b"I" if number > guess else b"N"
    if number == guess:
        won = True
        return b"Y"
    out.append(s)
    return b"K"


while True:
    readable, _, _ = select.select(inputs, [], inputs, 1)
    for s in readable:
        if s is server:
            connection, client_address = s.accept()
            inputs.append(connection)
            continue
        data = s.recv(message.size)
        if data:
            op, guess = message.unpack(data)
            letter = answer(s, op, guess)
            print(op.decode(), guess, letter.decode())
            s.sendall(message.pack(letter, 0))
            if letter == b"Y" and broadcast:
                for other in inputs:
                    if other is not server and other is not s:
                        other.sendall(message.pack(b"V", 0))
        else:
            inputs.remove(s)
            s.close()
            if won and len(inputs) == 1:
                number = random.randint(1, 100)
                won = False
                out = []
