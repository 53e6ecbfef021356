# CS 212, question 6: remembers a client's name and calculates for it. Arguments: <address> <port>
import re

from robust import ALIKE, SERVER, Server, broken, line, serve, show, text, without

# Faults that only a second client would see, and one that needs a client which does not read.
OTHERS = ("silent", "mid", "wrong-peer", "dies-at-end", "dies-at-reset", "dies-in-mid", "leaks",
          "select-only", "garbage-kills", "blocks-on-send", "usage-zero")
FAULTS = without(SERVER, *OTHERS, *ALIKE) + (
    "minus-and-slash",  # exchanged
    "minus-reversed",  # 5 - 3 is -2
    "slash-reversed",
    "no-negative",  # loses the sign of a number
    "whole-numbers",  # loses what stands after the point
    "last-digit-lost",
    "times-is-plus",
    "one-request",
    "q-ignored",  # takes q for a wrong request, and stays
    "q-silent",  # does not show Session ended
    "q-unclosed",  # shows Session ended and keeps the connection
    "shows-nothing",
    "shows-result",  # the result in place of the request
    "zero-kills",
    "zero-closes",
    "shared-result",  # every second reply is the one before
)
NUMBER = r"-?\d+(?:\.\d+)?"


class Arithmetic(Server):
    take = staticmethod(line)
    pauses = True
    before = None

    def joined(self, peer):
        peer.name = None
        peer.count = 0

    def received(self, peer, message):
        request = text(message).strip()
        if peer.name is None:
            peer.name = request
            return None
        peer.count += 1
        if request == "q" and not broken("q-ignored"):
            return self.quit(peer)
        reply = calculate(request)
        if not broken("shows-nothing"):
            show(reply if broken("shows-result") else "%s: %s" % (peer.name, request))
        if broken("zero-closes") and "zero" in reply:
            return self.end(peer)
        if broken("shared-result") and peer.count % 2 == 0:
            reply = self.before
        self.before = reply
        self.reply(peer, (reply + "\n" * peer.lines).encode())
        if broken("one-request"):
            self.end(peer)
        return None

    def quit(self, peer):
        if not broken("q-silent"):
            show("Session ended")
        if not broken("q-unclosed"):
            self.end(peer)


def calculate(request):
    match = re.fullmatch(r"(%s)\s+([-+*/])\s+(%s)" % (NUMBER, NUMBER), request)
    if not match:
        return "error: wrong form"
    a, operator, b = match.groups()
    try:
        result = operate(value(a), operator, value(b))
    except ZeroDivisionError:
        if broken("zero-kills"):
            raise
        return "error: division by zero"
    if broken("last-digit-lost"):
        return ("%.15g" % result)[:-1] or "0"
    return "%.15g" % (result + 0)


def value(digits):
    if broken("no-negative"):
        digits = digits.lstrip("-")
    return int(float(digits)) if broken("whole-numbers") else float(digits)


def operate(a, operator, b):
    if broken("minus-and-slash"):
        operator = {"-": "/", "/": "-"}.get(operator, operator)
    if broken("times-is-plus") and operator == "*":
        operator = "+"
    if operator == "-" and broken("minus-reversed") or operator == "/" and broken("slash-reversed"):
        a, b = b, a
    if operator == "+":
        return a + b
    if operator == "-":
        return a - b
    if operator == "*":
        return a * b
    return a / b


serve(Arithmetic, FAULTS)
