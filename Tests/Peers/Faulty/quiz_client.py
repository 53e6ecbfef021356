# Programming 2, Task 5.1. Arguments: <address> <port> [<name> <number of questions>]; without the
# last two, the first two lines of input are they. Each further line of input is an answer.
import sys

from robust import CLIENT, broken, play, show, start, text

FAULTS = CLIENT + (
    "glue",  # takes the first line of a recv, and loses the others
    "sends-b",
    "name-unsent",
    "number-unsent",
    "always-three",  # asks for three questions
    "number-first",
    "question-unshown",
    "answers-unshown",
    "results-unshown",
    "score-unshown",
    "rank-unshown",
    "shows-nothing",
    "always-a",  # sends a, whatever is typed
    "number-for-letter",  # sends 1 for a
    "answer-text",  # sends the words of the answer
    "sends-twice",
    "early",  # sends an answer before the question is whole
    "all-at-once",  # sends all answers after the first question
    "ends-at-wrong",
    "ends-at-first",  # plays one question
    "ends-before-score",
    "stays-at-end",  # waits on after the rank
    "once-more",  # begins another game
)
HIDDEN = {"question-unshown": "question ", "results-unshown": ("correct", "wrong"),
          "score-unshown": "score ", "rank-unshown": "rank ", "shows-nothing": "",
          "answers-unshown": ("a) ", "b) ", "c) ", "d) ")}


class Player:
    def __init__(self, server, name, number):
        self.server = server
        number = "3" if broken("always-three") else number
        words = ["play", name, number]
        if broken("number-first"):
            words = ["play", number, name]
        if broken("name-unsent"):
            words.remove(name)
        if broken("number-unsent"):
            words.remove(number)
        self.request = " ".join(words)
        self.answers = {}

    def say(self, words):
        self.server.send((words + "\n").encode() * (2 if broken("sends-twice") else 1))

    def run(self):
        self.say(self.request)
        while True:
            words = text(self.server.line())
            if not any(words.startswith(HIDDEN[fault]) for fault in HIDDEN if broken(fault)):
                show(words)
            self.answers[words[:1]] = words[3:]
            if self.ends(words):
                return
            if words.startswith("a) " if broken("early") else "d) ") and not self.answer():
                return
            if words.startswith("error: ") and not (self.answers.get("d") and self.answer()):
                sys.exit(1)

    def answer(self):
        """Sends the next line of input. Tells whether there is one."""
        if broken("all-at-once"):
            self.say("\n".join(typed()))
            return True
        words = next(typed(), None)
        if words is None:
            return False
        if broken("always-a"):
            words = "a"
        if broken("number-for-letter") and words in "abcd":
            words = str("abcd".index(words) + 1)
        if broken("answer-text"):
            words = self.answers.get(words, words)
        self.say(words)
        return True

    def ends(self, words):
        if words.startswith("rank ") and broken("once-more"):
            self.say(self.request)
            return False
        return (words.startswith("rank ") and not broken("stays-at-end")
                or words.startswith("wrong") and broken("ends-at-wrong")
                or words.startswith(("correct", "wrong")) and broken("ends-at-first")
                or words.startswith("score") and broken("ends-before-score"))


def typed():
    return filter(None, (line.strip() for line in iter(sys.stdin.readline, "")))


arguments = start(FAULTS, "<address> <port> [<name> <number>]", 2)
words = arguments[2:] or [next(typed(), None), next(typed(), None)]
if len(words) < 2 or None in words:
    sys.exit("a name and a number of questions are needed")
play(lambda server: Player(server, *words[:2]).run(), *arguments[:2])
