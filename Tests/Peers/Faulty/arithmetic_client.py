# CS 212, question 6. Arguments: <address> <port> [<name>]; without a name, the first line is it
import re
import sys
import time

from robust import ALIKE, CLIENT, PAUSE, broken, play, show, start, text, without

FAULTS = without(CLIENT, "usage-zero", *ALIKE) + (
    "no-name",
    "name-each-time",  # sends its name before each request
    "sends-b",
    "no-warning",  # drops a wrong form without a word
    "sends-wrong-form",  # warns, and sends it all the same
    "wrong-form-ends",
    "no-minus",  # takes a negative number for a wrong form
    "no-point",  # takes 3.24 for a wrong form
    "no-slash",  # takes a division for a wrong form
    "no-blanks",  # sends 12+42
    "own-result",  # calculates itself
    "shows-nothing",
    "shows-request",
    "one-request",
    "one-behind",  # shows each result after the next request
    "q-unsent",
    "q-unheard",  # sends q and goes on
    "upper-q",
    "end-is-nothing",  # at the end of the input it waits on
    "reconnects",  # a connection for each request
)


class Client:
    def __init__(self, server):
        self.server = server
        self.waiting = []

    def run(self):
        lines = iter(sys.stdin.readline, "")
        self.name = arguments[2] if len(arguments) > 2 else next(lines, "").strip()
        self.introduce()
        for request in lines:
            request = request.strip()
            if request == "q":
                self.quit()
                if not broken("q-unheard"):
                    return
            elif not self.ask(request):
                return
        while broken("end-is-nothing"):
            time.sleep(1)
        self.quit()

    def introduce(self):
        if not broken("no-name"):
            self.say(self.name)
            self.server.read(PAUSE)  # many a server greets
            for greeting in iter(lambda: self.server.whole(greeting_line), None):
                show(text(greeting))

    def say(self, words):
        self.server.send((words + "\n").encode())

    def quit(self):
        if not broken("q-unsent"):
            self.say("Q" if broken("upper-q") else "q")

    def ask(self, request):
        """Sends a request, or warns. Tells whether the session goes on."""
        if not well_formed(request):
            if not broken("no-warning"):
                show("warning: wrong form; enter a number, + - * or /, and a number")
            if broken("wrong-form-ends"):
                return False
            if not broken("sends-wrong-form"):
                return True
        if broken("name-each-time"):
            self.say(self.name)
        self.say(request.replace(" ", "") if broken("no-blanks") else request)
        reply = text(self.server.line())
        self.tell(request, reply)
        if broken("reconnects"):
            self.server.close()
            self.server.__init__(*arguments[:2])
            self.introduce()
        return not broken("one-request")

    def tell(self, request, reply):
        if broken("own-result"):
            reply = str(eval(request))
        if broken("shows-request"):
            reply = request
        if broken("one-behind"):
            self.waiting.append(reply)
            reply = self.waiting.pop(0) if len(self.waiting) > 1 else ""
        if not broken("shows-nothing"):
            show(reply)


def greeting_line(server):
    return server.cut(len(server.input)).strip() if server.input else None


def well_formed(request):
    sign = "" if broken("no-minus") else "-?"
    number = sign + (r"\d+" if broken("no-point") else r"\d+(\.\d+)?")
    operator = "[-+*]" if broken("no-slash") else "[-+*/]"
    return re.fullmatch(number + r"\s+" + operator + r"\s+" + number, request)


arguments = start(FAULTS, "<address> <port> [<name>]", 2)
play(lambda server: Client(server).run(), *arguments[:2])
