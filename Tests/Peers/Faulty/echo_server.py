# Lab 2, Assignment 1: a sentence comes back in upper case. Arguments: <address> <port>
from robust import LINES, ONE_BY_ONE, Server, Stop, broken, line, serve, show, text, without

FAULTS = without(ONE_BY_ONE + LINES, "split", "glue", "dies-in-mid", "other-address", "in-use-hangs",
                 "reads-keyboard") + (
    "sends-b",
    "no-upper",
    "first-letter-alone",
    "cut-at-30",
    "first-word-alone",
    "ascii-alone",
    "two-recvs",  # takes what two recvs bring for the whole sentence
    "no-running-line",
    "no-connected-line",
    "no-data-line",
    "shows-upper",
    "shows-b",
    "ends-after-one",
    "stays-open",  # does not close after the reply
    "closes-first",  # closes without a reply
)


def sentence_of(peer):
    """The next line. With the fault, two recvs without a line end are taken for one, too."""
    message = line(peer)
    if message is None and peer.input:
        peer.recvs += 1
        if broken("two-recvs") and peer.recvs == 2:
            return peer.cut(len(peer.input))
    return message


class Echo(Server):
    take = staticmethod(sentence_of)
    one_by_one = True

    def __init__(self):
        super().__init__()
        if not broken("no-running-line"):
            show("Server is running")

    def joined(self, peer):
        peer.recvs = 0
        if not broken("no-connected-line"):
            show("Connected by:  " + str(peer.address))

    def received(self, peer, message):
        if broken("cut-at-30"):
            message = message[:30]
        if broken("first-word-alone"):
            message = message.split(b" ")[0]
        sentence = message.decode("ascii", "replace") if broken("ascii-alone") else text(message)
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
    if broken("first-letter-alone"):
        return sentence.capitalize()
    return sentence.upper()


serve(Echo, FAULTS)
