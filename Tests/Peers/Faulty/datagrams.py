"""What the clients need that ask by datagrams, and the faults that any of them can have."""
import socket

from robust import PROGRAM, broken

ASKING = PROGRAM + (
    "wrong-address",  # always asks 127.0.0.1:10000
    "strangers-reply",  # takes a datagram of anybody for the reply
)


class Asker:
    """A socket that asks one server."""

    def __init__(self, host, port):
        self.server = (socket.gethostbyname(host), int(port))
        if broken("wrong-address"):
            self.server = ("127.0.0.1", 10000)
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        if not broken("strangers-reply"):
            self.sock.connect(self.server)  # from now on the kernel drops what strangers send

    def send(self, data):
        if broken("strangers-reply"):
            self.sock.sendto(data, self.server)
        else:
            self.sock.send(data)

    def receive(self, seconds):
        """The next datagram as text. OSError tells that none came, or that nobody listens."""
        self.sock.settimeout(seconds)
        return self.sock.recv(65536).decode("utf-8", "replace")
