# CS 212, question 1: each datagram comes back in upper case. Arguments: <address> <port>
from robust import DATAGRAMS, DatagramServer, Stop, broken, serve, text

FAULTS = DATAGRAMS + (
    "sends-b",
    "no-upper",
    "ascii-only",
    "lower",
    "cut-at-16",
    "first-word-alone",
    "adds-line-end",
    "ends-after-one",
    "one-behind",  # answers with the message before
)


class Upper(DatagramServer):
    before = b""

    def received(self, message, address):
        reply = upper(message)
        if broken("one-behind"):
            self.before, reply = reply, self.before
        if broken("ends-after-one") and self.before:
            raise Stop
        self.before = reply
        return reply


def upper(message):
    if broken("cut-at-16"):
        message = message[:16]
    if broken("first-word-alone"):
        message = message.split(b" ")[0]
    if broken("no-upper"):
        return message
    if broken("ascii-only"):
        return message.upper()
    words = text(message.rstrip(b"\r\n"))
    words = words.lower() if broken("lower") else words.upper()
    return (words + "\n" if broken("adds-line-end") else words).encode()


serve(Upper, FAULTS)
