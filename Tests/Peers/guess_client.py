# Practice 4, Assignment III. Arguments: <address> <port>
# The random wait before each guess is left out.
import socket
import struct
import sys

message = struct.Struct("c i")
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))

low = 1
high = 100
while True:
    if low == high:
        op, guess = b"=", low
    else:
        op, guess = b">", (low + high) // 2
    client.sendall(message.pack(op, guess))
    letter, _ = message.unpack(client.recv(message.size))
    print(op.decode(), guess, letter.decode())
    if letter == b"I":
        low = guess + 1
    elif letter == b"N":
        high = guess
    else:
        break

client.close()
