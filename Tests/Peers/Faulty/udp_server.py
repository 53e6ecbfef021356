# CS 212, question 1: each datagram comes back in upper case. Arguments: <address> <port>
from robust import ALIKE, DATAGRAMS, DatagramServer, Stop, broken, serve, text, without

FAULTS = without(DATAGRAMS, *ALIKE) + (
    "sends-b",
    "no-upper",
    "lower",
    "latin",  # takes UTF-8 for Latin-1
    "cut-at-16",
    "first-word-alone",
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
    message = message.rstrip(b"\r\n")
    words = message.decode("latin-1") if broken("latin") else text(message)
    return (words.lower() if broken("lower") else words.upper()).encode()


serve(Upper, FAULTS)
