# Programming 2, Task 5.2. Arguments: <address> <port>. Each line of input is a letter.
import sys

from robust import CLIENT, broken, play, show, start, text

FAULTS = CLIENT + (
    "glue",  # takes the first line of a recv, and loses the others
    "sends-b",
    "no-start",
    "upper-start",
    "start-twice",
    "all-at-once",  # sends all letters before the first answer
    "sends-twice",
    "one-letter",  # ends after the first
    "ends-at-miss",
    "stays-after-won",  # asks for a letter after end won
    "stays-after-lost",
    "first-place-alone",  # shows a letter only at its first place, and never sees the end
    "shows-nothing",
    "no-misses",  # shows no answer to a miss
    "word-unshown",  # at the end
    "goes-on-after-end",  # starts another game
)


class Player:
    def __init__(self, server):
        self.server = server
        self.word = []
        self.over = False

    def say(self, words):
        self.server.send((words + "\n").encode())

    def run(self):
        if not broken("no-start"):
            self.say("START" if broken("upper-start") else "start")
        if broken("start-twice"):
            self.say("start")
        self.hear()
        letters = typed()
        if broken("all-at-once"):
            letters = list(letters)
            self.say("\n".join(letters))
        for letter in letters:
            self.turn(letter)
            if self.over or broken("one-letter"):
                break

    def turn(self, letter):
        if not broken("all-at-once"):
            self.say(letter)
        if broken("sends-twice"):
            self.say(letter)
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
        if not (kind == "none" and broken("no-misses")):
            self.show(" ".join(self.word) if kind in ("at", "length") else words)
        lost = words == "none 0" and not broken("stays-after-lost")
        if lost or "_" not in self.word and not broken("stays-after-won"):
            words = self.line()
            self.show(words.rpartition(" ")[0] if broken("word-unshown") else words)
            self.end()
        if kind == "none" and broken("ends-at-miss"):
            self.over = True

    def find(self, places):
        for place in places[:1] if broken("first-place-alone") else places:
            self.word[int(place) - 1] = self.letter

    def end(self):
        if broken("goes-on-after-end"):
            self.say("start")
            self.hear()
        else:
            self.over = True

    def line(self):
        return text(self.server.line())

    def show(self, words):
        if not broken("shows-nothing"):
            show(words)


def typed():
    return filter(None, (line.strip() for line in iter(sys.stdin.readline, "")))


address = start(FAULTS, "<address> <port>", 2)
play(lambda server: Player(server).run(), *address)
