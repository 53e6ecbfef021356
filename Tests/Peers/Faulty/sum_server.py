# Lab 2, Assignment 2: names and numbers are exchanged and added. Arguments: <address> <port>
import random
import re

from robust import LINES, ONE_BY_ONE, Server, Stop, broken, line, serve, show, text, without

FAULTS = without(
    ONE_BY_ONE + LINES, "split", "glue", "dies-in-mid", "twice", "other-address", "in-use-hangs",
    "reads-keyboard") + (
    "sends-b",
    "two-recvs",  # takes what two recvs bring for the whole message
    "own-is-clients",  # sends the client's number back as its own
    "own-name-is-clients",
    "number-alone",  # its name is not in the reply
    "name-alone",
    "sends-sum",  # the sum in place of its number
    "sum-off-by-1",
    "no-sum-line",
    "no-names",
    "never-ends",
    "ends-at-1",
    "ends-at-100",
    "goes-on-at-0",
    "goes-on-at-101",
    "goes-on-below-0",
    "ends-after-one",
)
MY_NAME = "Server of Jane"
my_number = random.randint(1, 100)


def message_of(peer):
    """The next line. With the fault, two recvs without a line end are taken for one, too."""
    message = line(peer)
    if message is None and peer.input:
        peer.recvs += 1
        if broken("two-recvs") and peer.recvs == 2:
            return peer.cut(len(peer.input))
    return message


class Sum(Server):
    take = staticmethod(message_of)
    names = {}  # of clients whose number is still to come

    def joined(self, peer):
        peer.recvs = 0

    def received(self, peer, message):
        sentence = text(message).strip()
        if peer in self.names:  # the number is on the second line
            parts = self.names[peer], "\n", sentence
        else:
            parts = parts_of(sentence)
        if parts is None and not peer.ended and not peer.quiet:
            self.names[peer] = sentence
            return
        try:
            name, separator, number = parts
            number = int(number)
        except (TypeError, ValueError):
            if broken("garbage-kills"):
                raise
            self.answer(peer, "error: that is no name and number")
            return
        if out_of_range(number):
            raise Stop
        self.exchange(peer, name, separator, number)

    def exchange(self, peer, name, separator, number):
        mine = number if broken("own-is-clients") else my_number
        my_name = name if broken("own-name-is-clients") else MY_NAME
        total = number + mine + broken("sum-off-by-1")
        if not broken("no-names"):
            show("Client's name: %s\nServer's name: %s" % (name, my_name))
        show("Client's number: %d\nServer's number: %d" % (number, mine))
        if not broken("no-sum-line"):
            show("Sum: %s" % total)
        parts = [my_name, str(total if broken("sends-sum") else mine)]
        if broken("number-alone"):
            parts = parts[1:]
        if broken("name-alone"):
            parts = parts[:1]
        self.answer(peer, separator.join(parts))

    def answer(self, peer, words):
        self.reply(peer, (words + "\n" * peer.lines).encode())
        self.end(peer)

    def left(self, peer):
        self.names.pop(peer, None)
        if broken("ends-after-one"):
            raise Stop


def parts_of(sentence):
    """Name, separator and number: the last sign with the blanks around it, else the last blanks."""
    for form in (r"(.*?)(\s*[,;:|]\s*)([^,;:|]*)", r"(.*?)(\s+)([+-]?\d+)"):
        match = re.fullmatch(form, sentence)
        if match:
            return match.groups()
    return None


def out_of_range(number):
    if broken("never-ends"):
        return False
    least = 2 if broken("ends-at-1") else 0 if broken("goes-on-at-0") else 1
    most = 99 if broken("ends-at-100") else 101 if broken("goes-on-at-101") else 100
    return number > most or number < least and not (broken("goes-on-below-0") and number < 0)


serve(Sum, FAULTS)
