"""The calculator of Practice 4, Exercise II: each request gets a line of text."""
import operator
import struct

request = struct.Struct("i i 1s")
operators = {b"+": operator.add, b"-": operator.sub, b"*": operator.mul,
             b"/": operator.truediv, b"%": operator.mod}


def answer(first, second, sign):
    """The reply to one request."""
    if sign not in operators:
        return b"err: op\n"
    if second == 0 and sign in b"/%":
        return b"err: zero\n"
    return b"%.9g\n" % operators[sign](first, second)


def answers(data):
    """The replies to all requests in `data`; all of them are whole."""
    return b"".join(answer(*fields) for fields in request.iter_unpack(data))
