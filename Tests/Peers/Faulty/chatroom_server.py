# CS 212, question 8: a chat room. Arguments: <address> <port>
import time

from robust import ALIKE, SERVER, TEXT, Server, broken, line, serve, text, without

FAULTS = without(SERVER + TEXT, "wrong-peer", "usage-zero", *ALIKE) + (
    "join-untold",
    "join-to-newcomer",  # the others are not told
    "leave-untold",
    "quit-untold",  # tells only of those who leave without a quit
    "end-untold",  # tells only of those who quit
    "reset-untold",
    "quit-is-a-line",  # passes it on, and goes on
    "quit-stays",  # tells, and keeps the connection
    "echoes",  # the sender gets its line back
    "name-missing",
    "name-of-last",  # all lines carry the name of the last that has joined
    "last-only",  # only the last other member gets a line
    "name-taken-twice",
    "name-taken-ends",  # a taken name ends the connection of its owner
    "names-stay",  # a name is taken after its owner has left
    "latin",  # takes UTF-8 for Latin-1
    "empty-leaves",  # an empty line ends its sender's connection
    "two-members",  # has no room for a third
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
        peer.quitting = False

    def received(self, peer, message):
        words = message.decode("latin-1") if broken("latin") else text(message)
        if words == "quit" and not broken("quit-is-a-line"):
            self.quit(peer)
        elif peer.name is None:
            self.login(peer, words.strip())
        elif words:
            self.say(peer, words)
        elif broken("empty-leaves"):
            self.end(peer)

    def quit(self, peer):
        peer.quitting = True
        if not broken("quit-stays"):
            self.end(peer)
        self.leave(peer)

    def login(self, peer, name):
        taken = name in self.members or broken("names-stay") and name in self.gone
        if taken and broken("name-taken-ends"):
            self.end(self.members[name])
        if taken and not broken("name-taken-twice"):
            return self.reply(peer, b"error: name taken\n")
        if not name or ":" in name or name.lower() == "server":
            return self.reply(peer, b"error: choose another name\n")
        if broken("two-members") and len(self.members) == 2:
            return self.end(peer)
        peer.name = name
        self.members[name] = peer
        if not broken("join-untold"):
            self.tell("joined", name, self.hearers_of_join(peer))
        return None

    def hearers_of_join(self, newcomer):
        if broken("join-to-newcomer"):
            return [newcomer]
        return list(self.members.values())

    def others(self, peer):
        return [member for member in self.members.values() if member is not peer]

    def tell(self, event, name, hearers):
        count = len(self.members)
        now = time.strftime("%H.%M")
        words = "Server: time=%s %s has %s. Member count=%d" % (now, name, event, count)
        self.broadcast(words, hearers)

    def say(self, peer, words):
        name = list(self.members)[-1] if broken("name-of-last") else peer.name
        words = words if broken("name-missing") else "%s: %s" % (name, words)
        hearers = self.others(peer)
        if broken("last-only"):
            hearers = hearers[-1:]
        self.broadcast(words, hearers + ([peer] if broken("echoes") else []))

    def broadcast(self, words, hearers):
        for hearer in hearers:
            self.pass_on(hearer, words.encode() + b"\n")

    def left(self, peer):
        if not (broken("quit-stays") and peer.quitting):
            self.leave(peer)

    def leave(self, peer):
        if self.members.get(peer.name) is not peer:
            return
        del self.members[peer.name]
        self.gone.append(peer.name)
        untold = (broken("leave-untold") or broken("quit-untold") and peer.quitting
                  or broken("end-untold") and not peer.quitting and peer.ended
                  or broken("reset-untold") and not peer.quitting and not peer.ended)
        if not untold:
            self.tell("left", peer.name, self.others(peer))


serve(Chatroom, FAULTS)
