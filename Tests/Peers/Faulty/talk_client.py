"""Unit B3, Lab tasks. Arguments: <address> <port>"""
import collections
import select
import sys

import robust
from talk_server import is_exit

OWN = (
    "server-first",  # waits for a line before it sends one
    "no-turns",  # sends and prints whatever comes, in any order
    "no-exit",  # EXIT is a line like others
    "lower-exit",  # exit ends, too
    "exit-waits",  # EXIT ends only after the server's next line
    "ends-after-one",  # one line each
    "prints-nothing",
    "prints-at-end",  # prints nothing until its end
    "sends-own-name",  # Client: text
    "sends-first-word",
    "sends-twice",
    "reset-silent",  # a network error without a word
    "reset-hangs",  # a network error: waits for ever
)


class Talk:
    def __init__(self, connection):
        self.connection = connection
        self.keyboard = robust.Keyboard()
        self.waiting = collections.deque()
        self.mine = not robust.broken("server-first")
        self.exits = False
        self.kept = []

    def heard(self, words):
        if robust.broken("prints-at-end"):
            self.kept.append(robust.text(words))
        elif not robust.broken("prints-nothing"):
            robust.show(robust.text(words))
        self.mine = True

    def say(self, words):
        """Sends a line; False is the end."""
        if is_exit(words):
            self.exits = True
            self.mine = False
            return robust.broken("exit-waits")
        if robust.broken("sends-own-name"):
            words = b"Client: " + words
        if robust.broken("sends-first-word"):
            words = words.partition(b" ")[0]
        data = words + b"\n"
        self.connection.send(data * 2 if robust.broken("sends-twice") else data)
        self.mine = False
        return True

    def turn(self):
        """Does all that can be done now; False is the end."""
        free = robust.broken("no-turns")
        while True:
            if (self.mine or free) and self.waiting:
                if not self.say(self.waiting.popleft()):
                    return False
                continue
            if self.mine and not free:
                return not self.keyboard.ended
            words = self.connection.whole(robust.line)
            if words is None:
                return not (free and self.keyboard.ended)
            self.heard(words)
            if self.exits or robust.broken("ends-after-one"):
                return False

    def talk(self):
        while self.turn():
            if self.connection.ended:
                self.connection.at_end()
            pause = not self.mine and self.connection.input and not self.connection.lines
            sources = [self.connection] + ([] if self.keyboard.ended else [self.keyboard])
            readable = select.select(sources, [], [], robust.PAUSE if pause else None)[0]
            self.connection.quiet = not readable
            if self.keyboard in readable:
                self.waiting.extend(self.keyboard.read())
            if self.connection in readable:
                self.connection.read()


def conversation(connection):
    talk = Talk(connection)
    try:
        talk.talk()
    except robust.Ended:
        if connection.error is None:
            return  # the server's end is no error: the client just ends
        while robust.broken("reset-hangs"):
            select.select([], [], [], 1)
        if robust.broken("reset-silent"):
            return
        sys.exit("network error: %s" % connection.error.strerror)
    finally:
        for words in talk.kept:
            robust.show(words)


if __name__ == "__main__":
    general = robust.without(robust.CLIENT, "usage-zero", *robust.ALIKE)
    arguments = robust.start(OWN + general + ("sends-b",), "<address> <port>", 2)
    robust.play(conversation, *arguments)
