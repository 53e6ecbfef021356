"""Accepts one connection from an open listener, and tells how long its bytes took to come."""
import json
import socket
import sys
import time

with socket.socket(fileno=int(sys.argv[1])) as listener:
    sock, _ = listener.accept()
with sock:
    buffer, count = bytearray(1 << 18), sock.recv_into(bytearray(1))
    began = time.monotonic()
    while part := sock.recv_into(buffer):
        count += part
    print(json.dumps({"bytes": count, "seconds": time.monotonic() - began}))
