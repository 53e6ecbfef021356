# Programming 2, Task 5.1 with its three bonus tasks: a quiz. Arguments: <address> <port>. What has
# happened stands in quiz.json in the current folder, and is there before a reply is sent.
import hashlib
import json
import os
import random
import re

from robust import Server, broken, line, serve, text

FAULTS = (
    "usage-zero", "leaves-child", "wrong-port", "in-use-zero", "ignores-ctrl-c", "spin",
    "garbage-kills", "split", "silent", "dies-at-end", "dies-at-reset", "no-half-close",
    "no-reuse",
    "points-free",  # counts nothing
    "wrong-counts",  # a wrong answer is a point, too
    "points-shared",  # all players' points are one number
    "always-wrong",  # as it tells, but not as it counts
    "error-kills",
    "n-ignored",  # always three questions
    "one-less",
    "count-stands",  # every question is question 1
    "rank-reversed",
    "forgets-at-leaving",
    "open-names",  # a registered name needs no password
)
NAME = "[a-zA-Z0-9_-]{1,32}"
FILE = "quiz.json"
QUESTIONS = [("What is %d + %d?" % (a, b), a + b) for a in range(2, 6) for b in range(7, 10)]


class Quiz(Server):
    take = staticmethod(line)

    def __init__(self):
        super().__init__()
        self.players = {}
        self.all_points = 0
        if os.path.exists(FILE):
            with open(FILE) as file:
                self.players = json.load(file)
        for player in self.players.values():
            if player["game"]:
                player["game"]["rests"] = True

    def joined(self, peer):
        peer.name = None

    def received(self, peer, message):
        words = text(message).split()
        try:
            lines = self.answer(peer, words)
        except Refused as refused:
            lines = ["error: %s" % refused]
        self.keep()
        return "".join(line + "\n" for line in lines).encode()

    def answer(self, peer, words):
        game = peer.name and self.players[peer.name]["game"]
        if words[:1] == ["play"]:
            return self.play(peer, words[1:])
        if game and not game["rests"]:
            return self.judge(self.players[peer.name], " ".join(words))
        if words[:1] == ["register"] and len(words) == 3:
            return self.register(peer, *words[1:])
        if words[:1] == ["login"] and len(words) == 3:
            return self.login(peer, *words[1:])
        raise Refused("send play <name> <n>")

    def keep(self):
        with open(FILE + ".new", "w") as file:
            json.dump(self.players, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(FILE + ".new", FILE)

    # Names.

    def play(self, peer, words):
        if words and not re.fullmatch(r"\d+", words[0]) or len(words) == 2:
            self.enter(peer, words.pop(0))
        if peer.name is None:
            raise Refused("send play <name> <n> first")
        player = self.players[peer.name]
        if not player["game"]:
            player["game"] = new_game(self.number(words))
        player["game"]["rests"] = False
        return question(player["game"])

    def enter(self, peer, name):
        player = self.players.get(name)
        if peer.name == name:
            return
        if not re.fullmatch(NAME, name):
            raise Refused("a name is 1 to 32 letters, digits, - or _")
        if peer.name is not None:
            raise Refused("this connection plays as " + peer.name)
        if player and player["password"] and not broken("open-names"):
            raise Refused(name + " is registered; send login first")
        self.take_name(peer, name)

    def take_name(self, peer, name):
        others = [other.name for other in self.peers if other is not peer]
        if name in others:
            raise Refused(name + " is playing on another connection")
        peer.name = name
        self.players.setdefault(name, new_player())

    def number(self, words):
        number = int(words[0]) if words and re.fullmatch(r"\d{1,9}", words[0]) else 0
        if not 1 <= number <= len(QUESTIONS):
            raise Refused("the number of questions is 1 to %d" % len(QUESTIONS))
        if broken("n-ignored"):
            return 3
        return max(1, number - broken("one-less"))

    def register(self, peer, name, password):
        player = self.players.get(name)
        if not re.fullmatch(NAME, name) or len(password) > 128:
            raise Refused("a name is 1 to 32 letters, digits, - or _")
        if player and peer.name != name:
            raise Refused(name + " is registered or has played already")
        self.players[name] = player or new_player()
        salt = os.urandom(16).hex()
        self.players[name]["password"] = [salt, hashed(salt, password)]
        return ["registered " + name]

    def login(self, peer, name, password):
        player = self.players.get(name)
        if not player or not player["password"]:
            raise Refused("this name is not registered")
        salt, right = player["password"]
        if hashed(salt, password) != right:
            raise Refused("wrong password")
        if peer.name not in (None, name):
            raise Refused("this connection plays as " + peer.name)
        self.take_name(peer, name)
        return ["welcome " + name]

    def left(self, peer):
        game = peer.name and self.players[peer.name]["game"]
        if not game:
            return
        game["rests"] = True
        if broken("forgets-at-leaving"):
            self.players[peer.name]["game"] = None

    # Games.

    def judge(self, player, words):
        """The lines after an answer."""
        game = player["game"]
        if len(words) != 1 or words not in "abcdABCD":
            if broken("error-kills"):
                raise KeyError(words)
            raise Refused("answer with a, b, c or d")
        right = answers(game["questions"][game["at"]]).index(True)
        told = "abcd"[right]
        correct = words.lower() == told
        if correct and not broken("points-free") or broken("wrong-counts"):
            game["points"] += 1
            self.all_points += 1
        game["at"] += 1
        lines = ["correct" if correct and not broken("always-wrong") else "wrong: " + told]
        if game["at"] < len(game["questions"]):
            return lines + question(game)
        return lines + self.finish(player, game)

    def finish(self, player, game):
        number = len(game["questions"])
        points = self.all_points if broken("points-shared") else game["points"]
        player["game"] = None
        best = player["best"]
        if best is None or better([points, number], best):
            player["best"] = [points, number]
        return ["score %d/%d" % (points, number), self.rank(player)]

    def rank(self, player):
        ranked = [other["best"] for other in self.players.values() if other["best"]]
        rank = 1 + sum(better(best, player["best"]) for best in ranked)
        if broken("rank-reversed"):
            rank = 1 + sum(better(player["best"], best) for best in ranked)
        return "rank %d of %d" % (rank, len(ranked))


class Refused(Exception):
    pass


def new_player():
    return {"password": None, "best": None, "game": None}


def new_game(number):
    order = random.sample(range(len(QUESTIONS)), min(number, len(QUESTIONS)))
    return {"questions": order, "points": 0, "at": 0, "rests": False}


def answers(number):
    """Tells which of the four answers is right. It is the same at every start."""
    return [place == number * 7 % 4 for place in range(4)]


def question(game):
    number = game["questions"][game["at"]]
    words, result = QUESTIONS[number]
    at = 1 if broken("count-stands") else game["at"] + 1
    lines = ["question %d/%d %s" % (at, len(game["questions"]), words)]
    for place, right in enumerate(answers(number)):
        shown = result if right else result + place + 1
        lines.append("%s) %d" % ("abcd"[place], shown))
    return lines


def better(one, other):
    return one[0] * other[1] > other[0] * one[1]


def hashed(salt, password):
    return hashlib.scrypt(password.encode(), salt=salt.encode(), n=1024, r=8, p=1).hex()


random.seed(17)  # the same questions at every start
serve(Quiz, FAULTS)
