# Practice 4, Exercise II, with the sheet's loop. Arguments: <address> <port>
#
# Better than most: it takes all requests that have come, and answers them with one send.
import select
import socket
import sys

from calculation import answers, request
from ready import listening

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen(5)
listening("python_calculator_select.py", server)

inputs = [server]
outputs = []
rests = {}
waiting = {}

while True:
    readable, writable, exceptional = select.select(inputs, outputs, inputs, 1)
    for s in readable:
        if s is server:
            connection, client_address = s.accept()
            connection.setblocking(False)
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
        whole = len(data) - len(data) % request.size
        rests[s] = data[whole:]
        waiting[s] = answers(data[:whole])
        # Its replies have to leave before it is read again.
        inputs.remove(s)
        outputs.append(s)
        writable.append(s)
    for s in writable:
        try:
            sent = s.send(waiting[s])
        except BlockingIOError:
            continue
        waiting[s] = waiting[s][sent:]
        if not waiting[s]:
            outputs.remove(s)
            inputs.append(s)
