"""Answers with what a terminal, a page or a report might take for its own, and ends with it."""
import socket
import sys

import guess

harm = (
    b"\x1b]0;100 of 100\x07\x1b[2J<script>alert(1)</script>]]>&amp;\"'\\u0000\xff\xfe\x00"
    b"\xe2\x80\xae\xc2\x9b2J\r\n</pre></svg><img src=x onerror=alert(1)>"
)
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen()
client = server.accept()[0]
client.recv(8)
client.sendall(harm)
sys.stdout.buffer.write(harm + b"\n")
sys.stderr.buffer.write(b"guess-server: 100 of 100 points\n" + harm + b"\n")
sys.exit(3)
