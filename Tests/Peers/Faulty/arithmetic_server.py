# CS 212, question 6: remembers a client's name and calculates for it. Arguments: <address> <port>
import re

from robust import SERVER, TEXT, Server, Stop, broken, line, serve, show, text, without

FAULTS = without(SERVER + TEXT, "blocks-on-send", "keeps-cr") + (
    "minus-and-slash",  # exchanged
    "minus-reversed",  # 5 - 3 is -2
    "slash-reversed",
    "slash-whole",  # 7 / 2 is 3
    "no-negative",  # loses the sign of a number
    "whole-numbers",  # loses what stands after the point
    "last-digit-lost",
    "times-is-plus",
    "one-request",
    "q-ignored",  # takes q for a wrong request, and stays
    "q-silent",  # does not show Session ended
    "q-unclosed",  # shows Session ended and keeps the connection
    "q-ends-server",
    "shows-nothing",
    "shows-result",  # the result in place of the request
    "no-name-kept",  # takes the name for the first request, and answers it with an error
    "zero-kills",
    "zero-is-0",
    "zero-closes",
    "answers-with-question",  # 12 + 42 = 54
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
        if peer.name is None and not broken("no-name-kept"):
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
        if broken("answers-with-question"):
            reply = request + " = " + reply
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
        if broken("q-ends-server"):
            raise Stop
        if not broken("q-unclosed"):
            self.end(peer)


def calculate(request):
    match = re.fullmatch(r"(%s)\s+([-+*/])\s+(%s)" % (NUMBER, NUMBER), request)
    if not match:
        if broken("garbage-kills"):
            raise ValueError(request)
        return "error: wrong form"
    a, operator, b = match.groups()
    try:
        result = operate(value(a), operator, value(b))
    except ZeroDivisionError:
        if broken("zero-kills"):
            raise
        return "0" if broken("zero-is-0") else "error: division by zero"
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
    return a // b if broken("slash-whole") else a / b


serve(Arithmetic, FAULTS)
