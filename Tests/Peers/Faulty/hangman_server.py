# Programming 2, Task 5.2: hangman. Arguments: <address> <port>
import random
import re

from robust import SERVER, TEXT, Server, broken, line, serve, text, without

FAULTS = without(SERVER + TEXT, "blocks-on-send", "keeps-cr", "splits-characters") + (
    "from-0",  # counts the places from 0
    "first-place-alone",
    "last-place-lost",
    "blanks-for-commas",
    "always-a-miss",
    "upper-case-misses",  # takes E and e for two letters
    "misses-free",
    "misses-behind",  # tells the misses left before the letter
    "five-misses",
    "seven-misses",
    "hits-charged",
    "again-charged",
    "again-untold",  # a letter tried before is answered like a new one
    "error-charged",  # a message that is no letter is a miss
    "error-kills",
    "length-off-by-1",
    "no-length",
    "word-changes",  # chooses a word of another length in mid-game
    "shorter-word-told",  # at the end, without the last letter
    "word-untold",  # at the end
    "won-untold",
    "won-early",  # one letter before the word is whole
    "lost-untold",
    "lost-is-won",
    "one-game",  # a connection gets no second game
    "closes-at-end",
    "shared-game",  # one word and its letters found, for all clients
    "letter-for-places",  # tells the letter in place of its places
)
WORDS = "banana letter raccoon pepper coffee kitten bottle puzzle middle summer".split()


class Hangman(Server):
    take = staticmethod(line)
    pauses = True
    shared = None

    def joined(self, peer):
        peer.game = None
        peer.games = 0

    def received(self, peer, message):
        words = text(message)
        game = self.shared if broken("shared-game") and self.shared else peer.game
        if words == "start":
            return self.begin(peer, game)
        if game is None or game.over:
            return b"error: no game has begun; send start\n"
        if not re.fullmatch("[a-zA-Z]", words):
            if broken("error-kills"):
                raise IndexError(words)
            if not broken("error-charged"):
                return b"error: send one letter from a to z, or start\n"
        lines = game.guess(words if broken("upper-case-misses") else words.lower())
        if game.over and broken("closes-at-end"):
            self.reply(peer, joined(lines))
            return self.end(peer)
        return joined(lines)

    def begin(self, peer, game):
        lines = ["end lost " + game.word] if game and not game.over else []
        peer.games += 1
        if broken("one-game") and peer.games > 1:
            return b"error: one game is enough\n"
        if broken("shared-game") and self.shared and not self.shared.over:
            peer.game = self.shared
            lines = []
        else:
            peer.game = self.shared = Game()
        length = len(peer.game.word) + broken("length-off-by-1")
        return joined(lines + ["ready" if broken("no-length") else "length %d" % length])


class Game:
    def __init__(self):
        self.word = random.choice(WORDS)
        self.tried = set()
        self.left = 5 if broken("five-misses") else 7 if broken("seven-misses") else 6
        self.over = False

    def guess(self, letter):
        """The lines of the answer."""
        if letter in self.tried and not broken("again-untold"):
            self.left -= broken("again-charged")
            return ["again " + letter]
        self.tried.add(letter)
        if broken("word-changes") and len(self.tried) == 2:
            self.word = random.choice(self.others())
        places = [place for place, found in enumerate(self.word, 1) if found == letter]
        if places and not broken("always-a-miss"):
            self.left -= broken("hits-charged")
            return self.hit(letter, places)
        return self.miss()

    def others(self):
        return [word for word in WORDS if len(word) != len(self.word)]

    def hit(self, letter, places):
        if broken("from-0"):
            places = [place - 1 for place in places]
        if broken("first-place-alone"):
            places = places[:1]
        if broken("last-place-lost") and len(places) > 1:
            places = places[:-1]
        told = (" " if broken("blanks-for-commas") else ",").join(map(str, places))
        missing = set(self.word) - self.tried
        if len(missing) <= broken("won-early"):
            return ["at " + told] + self.end("won")
        return ["at " + (letter if broken("letter-for-places") else told)]

    def miss(self):
        before = self.left
        self.left -= not broken("misses-free")
        lines = ["none %d" % (before if broken("misses-behind") else self.left)]
        return lines + (self.end("lost") if self.left <= 0 else [])

    def end(self, result):
        self.over = True
        if broken(result + "-untold"):
            return []
        word = self.word[:-1] if broken("shorter-word-told") else self.word
        if broken("lost-is-won"):
            result = "won"
        return ["end " + result + ("" if broken("word-untold") else " " + word)]


def joined(lines):
    return "".join(line + "\n" for line in lines).encode()


serve(Hangman, FAULTS)
