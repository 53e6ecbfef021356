# CS 212, question 1. Arguments: <address> <port> [<message> ...]; without a message, lines of input
import sys
import time

from datagrams import ASKING, Asker
from robust import broken, show, start, without

FAULTS = without(ASKING, "usage-zero") + (
    "shows-its-own",  # the message in upper case, whatever the server sends
    "shows-the-sent",
    "shows-nothing",
    "sends-upper",
    "sends-b",
    "sends-words",  # a datagram for each word
    "cut-at-16",
    "shows-16",
    "one-behind",  # shows a reply only after the next question
    "zero-when-missing",  # nobody listens: no message, and exit 0
    "hangs-when-missing",  # nobody listens: tries for ever
    "never-ends",  # stays after its last reply
)


def main(host, port, *messages):
    asker = Asker(host, port)
    waiting = []
    for message in messages or (line.rstrip("\r\n") for line in sys.stdin):
        for data in datagrams(message):
            asker.send(data)
        waiting.append(message)
        if len(waiting) > broken("one-behind"):
            take(asker, waiting.pop(0))
    while broken("never-ends"):
        time.sleep(1)


def datagrams(message):
    if broken("sends-upper"):
        message = message.upper()
    if broken("sends-b"):
        message = str(message.encode())
    if broken("cut-at-16"):
        message = message[:16]
    if broken("sends-words"):
        return [word.encode() for word in message.split(" ")]
    return [message.encode()]


def take(asker, message):
    reply = asker.receive(10)
    if broken("shows-16"):
        reply = reply[:16]
    if broken("shows-its-own"):
        reply = message.upper()
    if broken("shows-the-sent"):
        reply = message
    if not broken("shows-nothing"):
        show(reply)


arguments = start(FAULTS, "<address> <port> [<message> ...]", 2)
try:
    main(*arguments)
except OSError as error:
    while broken("hangs-when-missing"):
        time.sleep(1)
    sys.exit(0 if broken("zero-when-missing") else "no reply: %s" % error)
