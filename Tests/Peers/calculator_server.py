# Practice 4, Exercise II. Arguments: <address> <port> [<request format> [<reply format>]] Solutions
# use these formats: 'i i 1s' 'I I 1s' 'i c i' 'f f 1s'. Without a reply format the result goes back
# as text.
import select
import socket
import struct
import sys

from ready import listening

request = struct.Struct(sys.argv[3] if len(sys.argv) > 3 else "i i 1s")
reply = struct.Struct(sys.argv[4]) if len(sys.argv) > 4 else None


def calculate(a, op, b):
    if op == "+":
        return a + b
    elif op == "-":
        return a - b
    elif op == "*":
        return a * b
    else:
        return a / b


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(5)
listening(server)

inputs = [server]

while True:
    readable, _, _ = select.select(inputs, [], inputs, 1)
    for s in readable:
        if s is server:
            connection, client_address = s.accept()
            inputs.append(connection)
        else:
            data = s.recv(request.size)
            if not data:
                inputs.remove(s)
                s.close()
                continue
            fields = request.unpack(data)
            op = [f for f in fields if isinstance(f, bytes)][0].decode()
            a, b = [f for f in fields if not isinstance(f, bytes)]
            result = calculate(a, op, b)
            print(a, op, b, "=", result)
            if reply is None:
                s.sendall(str(result).encode())
            elif reply.format == "f f 1s":
                s.sendall(reply.pack(result, 0, b""))
            else:
                s.sendall(reply.pack(int(result)))
