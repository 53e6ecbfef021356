"""Practice 4, Chat application. Arguments: <address> <port>"""
import select

import robust

OWN = (
    "echoes",  # the sender gets its message back
    "no-name",  # passes messages on without the name
    "first-only",  # only the first other member gets a message
    "name-of-last",  # all messages carry the name of the last that has joined
    "name-short",  # a name has at most 16 characters
    "empty-leaves",  # an empty message ends its sender's connection
    "waits-for-name",  # serves nobody until a new member has sent its name
    "dead-stay",  # the first message after a member has left ends the server
    "sixteen",  # cuts messages into pieces of 16 bytes
    "every-second",  # loses the second message of each member
    "latin",  # takes UTF-8 for Latin-1
)


class Chat(robust.Server):
    take = staticmethod(robust.line)
    pauses = True

    def __init__(self):
        super().__init__()
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
            return self.enter(peer, words if robust.broken("keeps-cr") else words.strip())
        peer.count += 1
        if words:
            self.say(peer, words)
        elif robust.broken("empty-leaves"):
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
        peer.name = name[:16] if robust.broken("name-short") else name
        self.names.append(name)
        return None

    def taken(self):
        return [peer.name for peer in self.peers]

    def say(self, peer, words):
        if self.dead:
            raise OSError("bad file descriptor")
        if robust.broken("every-second") and peer.count == 2:
            return
        pieces = [words]
        if robust.broken("sixteen"):
            pieces = [words[at:at + 16] for at in range(0, len(words), 16)]
        for piece in pieces:
            data = (self.before(peer) + piece).encode() + b"\n"
            for other in self.others(peer):
                self.pass_on(other, data)

    def before(self, peer):
        if robust.broken("no-name"):
            return ""
        return "[%s] " % (self.names[-1] if robust.broken("name-of-last") else peer.name)

    def others(self, peer):
        others = [other for other in self.peers if other.name is not None and other is not peer]
        if robust.broken("first-only"):
            others = others[:1]
        return others + ([peer] if robust.broken("echoes") else [])

    def left(self, peer):
        if peer.name is None:
            return
        self.dead = robust.broken("dead-stay")


if __name__ == "__main__":
    faults = robust.without(
        robust.SERVER + robust.TEXT, "wrong-peer", "usage-zero", "silent", "mid", "dies-at-end",
        "dies-at-reset", "dies-in-mid", "select-only", "sends-b", *robust.ALIKE)
    robust.serve(Chat, OWN + faults)
