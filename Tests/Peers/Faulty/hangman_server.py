# Programming 2, Task 5.2: hangman. Arguments: <address> <port>
import random
import re

from robust import Server, broken, line, serve, text

FAULTS = (
    "usage-zero", "leaves-child", "wrong-port", "in-use-zero", "ignores-ctrl-c", "spin",
    "garbage-kills", "split", "dies-at-end", "dies-at-reset", "no-half-close", "no-reuse",
    "first-letter-alone",  # answers no other one
    "blanks-for-commas",
    "always-a-miss",
    "misses-behind",  # tells the misses left before the letter
    "again-untold",  # a letter tried before is answered like a new one
    "error-kills",
    "no-length",
    "word-untold",  # at the end
    "won-untold",
    "lost-untold",
    "closes-at-end",
    "letter-for-places",  # tells the letter in place of its places
)
WORDS = "banana letter raccoon pepper coffee kitten bottle puzzle middle summer".split()


class Hangman(Server):
    take = staticmethod(line)

    def joined(self, peer):
        peer.game = None

    def received(self, peer, message):
        words = text(message)
        game = peer.game
        if words == "start":
            return self.begin(peer, game)
        if game is None or game.over:
            return b"error: no game has begun; send start\n"
        if not re.fullmatch("[a-zA-Z]", words):
            if broken("error-kills"):
                raise IndexError(words)
            return b"error: send one letter from a to z, or start\n"
        if game.tried and broken("first-letter-alone"):
            return None
        lines = game.guess(words.lower())
        if game.over and broken("closes-at-end"):
            self.reply(peer, joined(lines))
            return self.end(peer)
        return joined(lines)

    def begin(self, peer, game):
        lines = ["end lost " + game.word] if game and not game.over else []
        peer.game = Game()
        length = len(peer.game.word)
        return joined(lines + ["ready" if broken("no-length") else "length %d" % length])


class Game:
    def __init__(self):
        self.word = random.choice(WORDS)
        self.tried = set()
        self.left = 6
        self.over = False

    def guess(self, letter):
        """The lines of the answer."""
        if letter in self.tried and not broken("again-untold"):
            return ["again " + letter]
        self.tried.add(letter)
        places = [place for place, found in enumerate(self.word, 1) if found == letter]
        if places and not broken("always-a-miss"):
            return self.hit(letter, places)
        return self.miss()

    def hit(self, letter, places):
        told = (" " if broken("blanks-for-commas") else ",").join(map(str, places))
        if set(self.word) <= self.tried:
            return ["at " + told] + self.end("won")
        return ["at " + (letter if broken("letter-for-places") else told)]

    def miss(self):
        before = self.left
        self.left -= 1
        lines = ["none %d" % (before if broken("misses-behind") else self.left)]
        return lines + (self.end("lost") if self.left <= 0 else [])

    def end(self, result):
        self.over = True
        if broken(result + "-untold"):
            return []
        return ["end " + result + ("" if broken("word-untold") else " " + self.word)]


def joined(lines):
    return "".join(line + "\n" for line in lines).encode()


random.seed(1)  # the same words at every start
serve(Hangman, FAULTS)
