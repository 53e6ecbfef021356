# Practice 4, Exercise II. Arguments: <address> <port> [<request format> [<reply format>]]
# The formats as in calculator_server.py. The two seconds before each request are left out.
import socket
import struct
import sys

request = struct.Struct(sys.argv[3] if len(sys.argv) > 3 else "i i 1s")
reply = struct.Struct(sys.argv[4]) if len(sys.argv) > 4 else None

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[1], int(sys.argv[2])))

for a, op, b in [(12, "+", 30), (7, "-", 9), (6, "*", 7), (84, "/", 2), (1, "/", 4)]:
    if request.format.split()[1] in ("c", "1s"):
        data = request.pack(a, op.encode(), b)
    else:
        data = request.pack(a, b, op.encode())
    client.sendall(data)
    if reply is None:
        result = client.recv(10).decode().strip()
    else:
        result = reply.unpack(client.recv(reply.size))[0]
    print(a, op, b, "=", result)

client.close()
