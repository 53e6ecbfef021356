# CS 212, question 3: asks for date and time in turn, 1 to 2 s apart. Arguments: <address> <port>
import random
import sys
import time

from datagrams import ASKING, Asker
from robust import broken, show, start, without

FAULTS = without(ASKING, "usage-zero", "leaves-child") + (
    "hangs-when-lost",
    "dies-when-lost",
    "ends-when-lost",
    "doubled-is-next",  # takes the second copy of a reply for the next one
    "no-wait",
    "waits-half",
    "waits-5",
    "one-kind",
    "lower-case",
    "both-in-one",  # both words in a datagram
    "sends-b",
    "shows-nothing",
    "shows-the-first",  # one reply again and again
    "shows-its-own",  # its own clock, whatever the server sends
    "ends-after-3",
)
WAITS = {"no-wait": 0, "waits-half": 0.5, "waits-5": 5}


class Client:
    def __init__(self, host, port):
        self.place = (host, port)
        self.asker = Asker(host, port)
        self.first = None

    def run(self):
        number = 0
        while not (broken("ends-after-3") and number == 3):
            self.tell(self.reply_to(self.asker, ("SEND_DATE", "SEND_TIME")[number % 2]))
            number += 1
            if not broken("doubled-is-next"):
                self.asker = Asker(*self.place)  # no late reply finds the new socket
            time.sleep(self.wait())

    def wait(self):
        chosen = [seconds for name, seconds in WAITS.items() if broken(name)]
        return chosen[0] if chosen else random.uniform(1, 2)

    def reply_to(self, asker, request):
        """Asks up to four times. The reply, or None."""
        if broken("one-kind"):
            request = "SEND_TIME"
        for _ in range(4):
            self.ask(asker, request)
            try:
                return asker.receive(None if broken("hangs-when-lost") else 1)
            except ConnectionRefusedError:
                time.sleep(1)
            except OSError:
                if broken("dies-when-lost"):
                    raise
                if broken("ends-when-lost"):
                    sys.exit(0)
        return None

    def ask(self, asker, request):
        if broken("lower-case"):
            request = request.lower()
        if broken("both-in-one"):
            request = "SEND_DATE SEND_TIME"
        if broken("sends-b"):
            request = str(request.encode())
        try:
            asker.send(request.encode())
        except ConnectionRefusedError:
            pass  # it tells of the try before

    def tell(self, reply):
        if reply is None:
            reply = "no reply"
        self.first = self.first or reply
        if broken("shows-the-first"):
            reply = self.first
        if broken("shows-its-own"):
            reply = time.strftime("%H:%M:%S")
        if not broken("shows-nothing"):
            show(reply)


try:
    Client(*start(FAULTS, "<address> <port>", 2)).run()
except KeyboardInterrupt:
    sys.exit(130)
