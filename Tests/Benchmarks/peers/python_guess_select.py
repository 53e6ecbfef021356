# Practice 4, Assignment III, with the sheet's loop; the number is 100. Arguments: <address> <port>
#
# Better than most: it takes all questions that have come, and answers them with one send.
import select
import socket
import struct
import sys

from ready import listening

packer = struct.Struct("c i")
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(5)
listening("python_guess_select.py", server)

number = 100
yes = packer.pack(b"I", 0)
no = packer.pack(b"N", 0)
inputs = [server]
rests = {}


def answer(comparison, guess):
    if comparison == b"<":
        return yes if number < guess else no
    if comparison == b">":
        return yes if number > guess else no
    return yes if number == guess else no


while True:
    readable, writable, exceptional = select.select(inputs, [], inputs, 1)
    for s in readable:
        if s is server:
            connection, client_address = s.accept()
            inputs.append(connection)
            rests[connection] = b""
            continue
        data = s.recv(65536)
        if not data:
            inputs.remove(s)
            del rests[s]
            s.close()
            continue
        data = rests[s] + data
        whole = len(data) - len(data) % packer.size
        rests[s] = data[whole:]
        s.sendall(b"".join(answer(*q) for q in packer.iter_unpack(data[:whole])))
