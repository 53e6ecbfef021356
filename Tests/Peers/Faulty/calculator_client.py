"""Practice 4, Exercise II. Arguments: <address> <port>"""
import random
import struct
import sys
import time

import robust

OWN = (
    "one-request",
    "four-requests",
    "six-requests",
    "no-wait",
    "one-second",  # waits 1 s before each request
    "waits-once",  # waits only before the first request
    "all-at-once",  # sends all requests before the first reply
    "next-before-reply",  # sends each request 2 s after the one before, reply or not
    "no-last-reply",  # closes after the fifth request without its reply
    "no-replies",  # reads no reply
    "reconnects",  # a connection for each request
    "order-changes",  # the second request has the other byte order
    "length-changes",  # the second request is a byte shorter
    "number-in-pieces",  # takes one recv for a whole reply; its replies are numbers
    "repeats",  # sends a request again when its reply takes more than 1 s
)

request = struct.Struct("i i 1s")
COUNTS = {"one-request": 1, "four-requests": 4, "six-requests": 6}


def pack(number, a, operator, b):
    if robust.broken("order-changes") and number == 2:
        return struct.pack(">ii1s", a, b, operator)
    data = request.pack(a, b, operator)
    return data[1:] if robust.broken("length-changes") and number == 2 else data


def wait(number):
    if robust.broken("no-wait") or robust.broken("all-at-once"):
        return
    if robust.broken("waits-once") and number > 1:
        return
    time.sleep(1 if robust.broken("one-second") else 2)


def show(question, reply):
    robust.show(question + reply.decode("utf-8", "replace").strip("\0"))


def hear(connection, data):
    if robust.broken("repeats"):
        connection.read(1)
        if connection.quiet:
            connection.send(data)
    if robust.broken("number-in-pieces"):
        connection.read()
        return b"%d" % struct.unpack("i", connection.cut(len(connection.input)))
    return connection.line()


def requests(connection):
    count = next((COUNTS[name] for name in COUNTS if robust.broken(name)), 5)
    waiting = []
    for number, operator in zip(range(1, count + 1), [b"+", b"-", b"*", b"/", b"+", b"-"]):
        a, b = random.randint(1, 100), random.randint(1, 100)
        wait(number)
        data = pack(number, a, operator, b)
        connection.send(data)
        question = "%d %s %d = " % (a, operator.decode(), b)
        if robust.broken("no-replies") or robust.broken("no-last-reply") and number == count:
            continue
        if robust.broken("all-at-once") or robust.broken("next-before-reply"):
            waiting.append(question)
            continue
        show(question, hear(connection, data))
        if robust.broken("reconnects"):
            connection.close()
            connection.__init__(*address)
    for question in waiting:
        show(question, connection.line())


if __name__ == "__main__":
    general = robust.without(robust.CLIENT, "usage-zero", "pieces", *robust.ALIKE)
    address = robust.start(OWN + general, "<address> <port>", 2)
    robust.play(requests, *address)
