# Lab 2, Assignment 1: a sentence comes back in upper case. Arguments: <address> <port>
from robust import LINES, ONE_BY_ONE, Server, Stop, broken, line, serve, show, text, without

FAULTS = ("sends-b",) + without(ONE_BY_ONE + LINES, "split", "glue", "dies-in-mid", "select-only", "blocks-on-send") + (
    "no-upper",
    "lower",
    "first-letter-alone",
    "cut-at-16",
    "first-word-alone",
    "no-running-line",
    "no-connected-line",
    "no-data-line",
    "shows-upper",
    "shows-b",
    "ends-after-one",
    "stays-open",  # does not close after the reply
    "closes-first",  # closes without a reply
)


class Echo(Server):
    take = staticmethod(line)
    one_by_one = True

    def __init__(self):
        super().__init__()
        if not broken("no-running-line"):
            show("Server is running")

    def joined(self, peer):
        if not broken("no-connected-line"):
            show("Connected by:  " + str(peer.address))

    def received(self, peer, message):
        if broken("cut-at-16"):
            message = message[:16]
        if broken("first-word-alone"):
            message = message.split(b" ")[0]
        sentence = text(message)
        if not broken("no-data-line"):
            seen = message if broken("shows-b") else sentence
            show("Data from connected user:  %s" % (upper(seen) if broken("shows-upper") else seen))
        if not broken("closes-first"):
            self.reply(peer, (upper(sentence) + "\n" * peer.lines).encode())
        if not broken("stays-open"):
            self.end(peer)

    def left(self, peer):
        if broken("ends-after-one"):
            raise Stop


def upper(sentence):
    if broken("no-upper"):
        return sentence
    if broken("lower"):
        return sentence.lower()
    if broken("first-letter-alone"):
        return sentence.capitalize()
    return sentence.upper()


serve(Echo, FAULTS)
