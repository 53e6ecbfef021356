"""Unit B3, Lab tasks. Arguments: <port>"""
import collections

import robust

OWN = (
    "keyboard-first",  # sends a line before it prints the client's
    "no-exit",  # EXIT is a line like others
    "lower-exit",  # exit ends, too
    "exit-ends-server",
    "exit-waits",  # EXIT ends only after the client's next line
    "ends-after-one",  # the server ends with its first client
    "closes-after-one",  # one line each
    "prints-nothing",
    "echoes",  # sends the client's line back
    "sends-own-name",  # Server: text
    "sends-first-word",
    "no-diagnostic",  # a network error without a word
)


def is_exit(words):
    if robust.broken("no-exit"):
        return False
    if robust.broken("lower-exit"):
        words = words.upper()
    return words == b"EXIT"


class Talk(robust.Server):
    take = staticmethod(robust.line)
    pauses = True
    one_by_one = True
    keyboard = True

    def __init__(self):
        super().__init__()
        self.waiting = collections.deque()
        self.at_end = False  # of the keyboard

    def joined(self, peer):
        for other in self.peers[:-1]:
            self.drop(other)  # it had sent its end, and a line was awaited from the keyboard
        peer.mine = robust.broken("keyboard-first")
        peer.exits = False
        self.speak()

    def serve(self, peer):
        """Takes one line, and the next only after the person's turn."""
        while peer in self.peers and not peer.closing and not peer.mine:
            words = self.take(peer)
            if words is None and peer.input and robust.broken("split"):
                words = peer.cut(len(peer.input))
            if words is None:
                return
            if robust.broken("glue"):
                peer.input.clear()
            self.heard(peer, words)

    def heard(self, peer, words):
        if not robust.broken("prints-nothing"):
            robust.show(robust.text(words))
        if robust.broken("echoes"):
            self.reply(peer, words + b"\n")
        if peer.exits:
            self.end(peer)
        peer.mine = True
        self.speak()

    def over(self, peer):
        """Waits for the person's line in the person's turn, for the client may still read."""
        if peer.mine:
            self.watch(peer)
        else:
            super().over(peer)

    def typed(self, words):
        if words is None:
            self.at_end = True
        else:
            self.waiting.append(words)
        self.speak()

    def speak(self):
        """Sends the person's line in the person's turn."""
        for peer in [peer for peer in self.peers if not peer.closing]:
            while self.waiting and peer.mine and not peer.closing:
                self.say(peer, self.waiting.popleft())
            if self.at_end and peer.mine:
                self.end(peer)

    def say(self, peer, words):
        if is_exit(words):
            if robust.broken("exit-ends-server"):
                raise robust.Stop
            if robust.broken("exit-waits"):
                peer.exits = True
                peer.mine = False
                return
            self.end(peer)
            return
        if robust.broken("sends-own-name"):
            words = b"Server: " + words
        if robust.broken("sends-first-word"):
            words = words.partition(b" ")[0]
        peer.mine = False
        self.reply(peer, words + (b"\n" if peer.lines else b""))
        if not robust.broken("closes-after-one"):
            self.serve(peer)
        if robust.broken("closes-after-one") or peer.ended and not peer.mine:
            self.end(peer)

    def end(self, peer, reason=None):
        peer.mine = False
        super().end(peer, self.told(reason))

    def drop(self, peer, reason=None):
        super().drop(peer, self.told(reason))

    def told(self, reason):
        return None if robust.broken("no-diagnostic") else reason

    def left(self, peer):
        if robust.broken("ends-after-one"):
            raise robust.Stop


if __name__ == "__main__":
    none = ("dies-in-mid", "usage-zero", "leaks")
    faults = robust.without(robust.ONE_BY_ONE, *none, *robust.ALIKE)
    robust.serve(Talk, OWN + faults + ("sends-b",), "<port>")
