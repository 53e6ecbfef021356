# Programming 2, Task 5.2. Arguments: <address> <port>. Each line of input is a letter.
import sys

from robust import CLIENT, broken, play, show, start, text, without

FAULTS = without(
    CLIENT, "pieces", "silent-when-missing", "hangs-when-missing", "spins-at-end", "never-closes") + (
    "sends-b",
    "start-twice",
    "always-e",  # sends e, whatever is typed
    "sends-twice",
    "one-letter",  # ends after the first
    "end-unnoticed",  # neither shows the last miss and the end, nor ends
)



class Player:
    def __init__(self, server):
        self.server = server
        self.word = []
        self.over = False

    def say(self, words):
        self.server.send((words + "\n").encode())

    def run(self):
        self.say("start" + "\nstart" * broken("start-twice"))
        self.hear()
        for letter in typed():
            self.turn("e" if broken("always-e") else letter)
            if self.over or broken("one-letter"):
                break

    def turn(self, letter):
        self.say(letter + ("\n" + letter) * broken("sends-twice"))
        self.letter = letter.lower()
        self.hear()

    def hear(self):
        """Reads one answer; the last one of a game has two lines."""
        words = self.line()
        kind, _, rest = words.partition(" ")
        if kind == "length":
            self.word = ["_"] * int(rest)
        if kind == "at":
            self.find(rest.split(","))
        if words == "none 0" and broken("end-unnoticed"):
            self.line()
            return
        show(" ".join(self.word) if kind in ("at", "length") else words)
        if words == "none 0" or "_" not in self.word:
            show(self.line())
            self.over = True

    def find(self, places):
        for place in places:
            self.word[int(place) - 1] = self.letter

    def line(self):
        return text(self.server.line())


def typed():
    return filter(None, (line.strip() for line in iter(sys.stdin.readline, "")))


address = start(FAULTS, "<address> <port>", 2)
play(lambda server: Player(server).run(), *address)
