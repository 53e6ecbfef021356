"""Practice 4, Chat application. Arguments: <address> <port>"""
import select

import robust

OWN = (
    "echoes",  # the sender gets its message back
    "no-name",  # passes messages on without the name
    "round-brackets",
    "last-only",  # only the last other member gets a message
    "first-only",  # only the first other member gets a message
    "name-of-last",  # all messages carry the name of the last that has joined
    "name-cut",  # loses the last character of a name
    "name-short",  # a name has at most 16 characters
    "empty-leaves",  # an empty message ends its sender's connection
    "name-each-time",  # each message is its sender's new name, too
    "waits-for-name",  # serves nobody until a new member has sent its name
    "needs-all-names",  # passes nothing on while someone has not sent a name
    "dead-stay",  # the first message after a member has left ends the server
    "sixteen",  # cuts messages into pieces of 16 bytes
    "one-late",  # passes a message on when the next one comes
    "every-second",  # loses the second message of each member
    "closes-after-one",  # closes a member's connection after its first message
    "latin",  # takes UTF-8 for Latin-1
)
FORMS = {"no-name": "%.0s%s", "round-brackets": "(%s) %s"}


class Chat(robust.Server):
    take = staticmethod(robust.line)
    pauses = True

    def __init__(self):
        super().__init__()
        self.left_over = None
        self.names = []
        self.dead = False

    def joined(self, peer):
        peer.name = None
        peer.count = 0
        if robust.broken("waits-for-name"):
            while peer in self.peers and peer.name is None:
                select.select([peer.sock], [], [])
                self.attend(peer, robust.selectors.EVENT_READ)

    def received(self, peer, message):
        words = self.decode(message)
        if peer.name is None:
            return self.enter(peer, words.strip())
        peer.count += 1
        if words:
            self.say(peer, words)
        if robust.broken("name-each-time"):
            peer.name = words.strip()
        if robust.broken("closes-after-one") or not words and robust.broken("empty-leaves"):
            self.end(peer)
        return None

    def decode(self, message):
        if robust.broken("latin"):
            return message.decode("latin-1")
        return robust.text(message)

    def enter(self, peer, name):
        if not name or "[" in name or "]" in name or name in self.taken():
            self.send(peer, b"error: choose another name\n")
            return self.end(peer)
        peer.name = name[:-1] if robust.broken("name-cut") else name
        if robust.broken("name-short"):
            peer.name = name[:16]
        self.names.append(name)
        return None

    def taken(self):
        return [peer.name for peer in self.peers]

    def say(self, peer, words):
        if self.dead:
            raise OSError("bad file descriptor")
        if robust.broken("every-second") and peer.count == 2:
            return
        if robust.broken("needs-all-names") and None in self.taken():
            return
        pieces = [words]
        if robust.broken("sixteen"):
            pieces = [words[at:at + 16] for at in range(0, len(words), 16)]
        for piece in pieces:
            data = (self.form() % (self.name(peer), piece)).encode() + b"\n"
            if robust.broken("one-late"):
                data, self.left_over = self.left_over, data
            for other in self.others(peer):
                self.pass_on(other, data or b"")

    def form(self):
        return next((FORMS[fault] for fault in FORMS if robust.broken(fault)), "[%s] %s")

    def name(self, peer):
        if robust.broken("name-of-last"):
            return self.names[-1]
        return peer.name

    def others(self, peer):
        others = [other for other in self.peers if other.name is not None and other is not peer]
        if robust.broken("last-only"):
            others = others[-1:]
        if robust.broken("first-only"):
            others = others[:1]
        return others + ([peer] if robust.broken("echoes") else [])

    def left(self, peer):
        if peer.name is None:
            return
        self.dead = robust.broken("dead-stay")


if __name__ == "__main__":
    faults = robust.without(robust.SERVER, "wrong-peer", "usage-zero", *robust.ALIKE)
    robust.serve(Chat, OWN + faults + robust.TEXT)
