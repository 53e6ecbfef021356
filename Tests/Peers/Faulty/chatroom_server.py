# CS 212, question 8: a chat room. Arguments: <address> <port>
import time

from robust import ALIKE, SERVER, TEXT, Server, broken, line, serve, text, without

FAULTS = without(
    SERVER + TEXT, "wrong-peer", "usage-zero", "garbage-kills", "silent", "mid",
    "dies-at-end", "dies-in-mid", "sends-b", "splits-characters", *ALIKE) + (
    "join-untold",
    "quit-untold",  # tells only of those who leave without a quit
    "reset-untold",
    "name-missing",
    "every-second",  # loses the second line of each member
    "last-only",  # only the last other member gets a line
    "name-taken-twice",
    "refused-for-good",  # takes no other name once it has refused one
    "names-stay",  # a name is taken after its owner has left
    "latin",  # takes UTF-8 for Latin-1
    "empty-leaves",  # an empty line ends its sender's connection
)


class Chatroom(Server):
    take = staticmethod(line)
    pauses = True

    def __init__(self):
        super().__init__()
        self.members = {}  # from names to peers
        self.gone = []

    def joined(self, peer):
        peer.name = None
        peer.count = 0
        peer.refused = False
        peer.quitting = False

    def received(self, peer, message):
        words = message.decode("latin-1") if broken("latin") else text(message)
        if words == "quit":
            self.quit(peer)
        elif peer.name is None:
            self.login(peer, words if broken("keeps-cr") else words.strip())
        elif words:
            self.say(peer, words)
        elif broken("empty-leaves"):
            self.end(peer)

    def quit(self, peer):
        peer.quitting = True
        self.end(peer)
        self.left(peer)

    def login(self, peer, name):
        taken = name in self.members or broken("names-stay") and name in self.gone
        if peer.refused and broken("refused-for-good"):
            return None
        if taken and not broken("name-taken-twice"):
            peer.refused = True
            return self.reply(peer, b"error: name taken\n")
        if not name or ":" in name or name.lower() == "server":
            return self.reply(peer, b"error: choose another name\n")
        peer.name = name
        self.members[name] = peer
        if not broken("join-untold"):
            self.tell("joined", name, list(self.members.values()))
        return None

    def others(self, peer):
        return [member for member in self.members.values() if member is not peer]

    def tell(self, event, name, hearers):
        count = len(self.members)
        now = time.strftime("%H.%M")
        words = "Server: time=%s %s has %s. Member count=%d" % (now, name, event, count)
        self.broadcast(words, hearers)

    def say(self, peer, words):
        peer.count += 1
        if broken("every-second") and peer.count == 2:
            return
        words = words if broken("name-missing") else "%s: %s" % (peer.name, words)
        hearers = self.others(peer)
        if broken("last-only"):
            hearers = hearers[-1:]
        self.broadcast(words, hearers)

    def broadcast(self, words, hearers):
        for hearer in hearers:
            self.pass_on(hearer, words.encode() + b"\n")

    def left(self, peer):
        if self.members.get(peer.name) is not peer:
            return
        del self.members[peer.name]
        self.gone.append(peer.name)
        untold = (broken("quit-untold") and peer.quitting
                  or broken("reset-untold") and not peer.quitting and not peer.ended)
        if not untold:
            self.tell("left", peer.name, self.others(peer))


serve(Chatroom, FAULTS)
