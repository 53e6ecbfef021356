"""Practice 4, Exercise II. Arguments: <address> <port>"""
import struct
from fractions import Fraction

import robust

OWN = (
    "one-byte",  # reads only the lowest byte of each number
    "result-wraps",  # the result has 32 bits
    "result-in-float",  # the result has 24 significant bits
    "numbers-exchanged",  # b - a and b / a
    "divided-for-times",
    "distance",  # a - b without its sign
    "no-minus",  # the sign of every result is lost
    "off-by-one",
    "zero-kills",  # a division by zero ends the server
    "zero-closes-all",  # a division by zero closes all connections
    "closes-after-one",  # one request a connection
    "ends-after-one",  # the server ends with its first client
    "adds-up",  # the result goes into the client's next one
    "last-reply",  # replies with the result of the request before
    "hex",  # replies in hexadecimal
    "to-all",  # each reply goes to all clients
    "first-digit",  # only the first two characters of the reply are sent
)

request = struct.Struct("i i 1s")


def show(result):
    """At most seven decimals, as far as ten bytes go; a whole result has all its digits."""
    if result.denominator == 1:
        return str(result.numerator)
    room = max(0, 8 - (result < 0) - len(str(abs(int(result)))))
    digits = "%.*f" % (room, result)
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits == "-0" else digits


def calculate(a, operator, b):
    if robust.broken("numbers-exchanged"):
        a, b = b, a
    if operator == b"+":
        return a + b
    if operator == b"-":
        return abs(a - b) if robust.broken("distance") else a - b
    if operator == b"*":
        return Fraction(a, b) if b and robust.broken("divided-for-times") else a * b
    if operator == b"/":
        return Fraction(a, b)
    if operator == b"%":
        return a % b
    raise robust.Bad("unknown operator %r" % operator)


class Calculator(robust.Server):
    take = staticmethod(robust.fixed(request.size))

    def joined(self, peer):
        peer.sum = 0
        peer.last = b"0\n"

    def received(self, peer, message):
        try:
            result = self.spoil(peer, Fraction(calculate(*self.read_request(message))))
        except ZeroDivisionError:
            return self.zero(peer)
        except robust.Bad:
            if robust.broken("garbage-kills"):
                raise
            return b"err: op\n"
        reply = self.spoil_reply(peer, result)
        if robust.broken("to-all"):
            for other in list(self.peers):
                self.send(other, reply)
            return None
        if robust.broken("closes-after-one"):
            self.send(peer, reply)
            return self.end(peer)
        return reply

    def read_request(self, message):
        a, b, operator = request.unpack(message)
        if robust.broken("one-byte"):
            a, b = a & 255, b & 255
        return a, operator, b

    def spoil(self, peer, result):
        if robust.broken("result-wraps") and result.denominator == 1:
            result = Fraction((int(result) + 2**31) % 2**32 - 2**31)
        if robust.broken("result-in-float"):
            result = Fraction(struct.unpack("f", struct.pack("f", result))[0])
        if robust.broken("no-minus"):
            result = abs(result)
        if robust.broken("off-by-one"):
            result += 1
        if robust.broken("adds-up"):
            result += peer.sum
            peer.sum = result
        return result

    def spoil_reply(self, peer, result):
        reply = show(result).encode() + b"\n"
        if robust.broken("hex"):
            reply = hex(int(result)).encode() + b"\n"
        if robust.broken("first-digit"):
            reply = reply[:2]
        if robust.broken("last-reply"):
            reply, peer.last = peer.last, reply
        return reply

    def zero(self, peer):
        if robust.broken("zero-kills"):
            raise RuntimeError("division by zero")
        if robust.broken("zero-closes-all"):
            for other in list(self.peers):
                self.end(other)
        return b"err: zero\n"

    def left(self, peer):
        if robust.broken("ends-after-one"):
            raise robust.Stop


if __name__ == "__main__":
    general = robust.without(robust.SERVER, "usage-zero", *robust.ALIKE)
    robust.serve(Calculator, OWN + general + ("sends-b",))
