# Programming 2, Task 5.1. Arguments: <address> <port> [<name> <number of questions>]; without the
# last two, the first two lines of input are they. Each further line of input is an answer.
import sys

from robust import CLIENT, broken, play, show, start, text, without

FAULTS = without(
    CLIENT, "silent-when-missing", "hangs-when-missing", "spins-at-end", "never-closes") + (
    "sends-b",
    "name-unsent",
    "number-unsent",
    "always-three",  # asks for three questions
    "entry-twice",
    "shows-nothing",
    "always-a",  # sends a, whatever is typed
    "sends-twice",
    "ends-at-first",  # plays one question
    "end-unnoticed",  # shows nothing behind its last answer, and waits on
)



class Player:
    def __init__(self, server, name, number):
        self.server = server
        number = "3" if broken("always-three") else number
        words = ["play", name, number]
        if broken("name-unsent"):
            words.remove(name)
        if broken("number-unsent"):
            words.remove(number)
        self.request = " ".join(words)
        self.answers = {}
        self.left = int(number)

    def say(self, words):
        self.server.send((words + "\n").encode())

    def run(self):
        self.say(self.request + ("\n" + self.request) * broken("entry-twice"))
        while True:
            words = text(self.server.line())
            if self.left <= 0 and broken("end-unnoticed"):
                continue
            if not broken("shows-nothing"):
                show(words)
            self.answers[words[:1]] = words[3:]
            if self.ends(words):
                return
            if words.startswith("d) ") and not self.answer():
                return
            if words.startswith("error: ") and not (self.answers.get("d") and self.answer()):
                sys.exit(1)

    def answer(self):
        """Sends the next line of input. Tells whether there is one."""
        words = next(typed(), None)
        if words is None:
            return False
        if broken("always-a"):
            words = "a"
        self.say(words + ("\n" + words) * broken("sends-twice"))
        self.left -= 1
        return True

    def ends(self, words):
        return (words.startswith("rank ")
                or words.startswith(("correct", "wrong")) and broken("ends-at-first"))


def typed():
    return filter(None, (line.strip() for line in iter(sys.stdin.readline, "")))


arguments = start(FAULTS, "<address> <port> [<name> <number>]", 2)
words = arguments[2:] or [next(typed(), None), next(typed(), None)]
if len(words) < 2 or None in words:
    sys.exit("a name and a number of questions are needed")
play(lambda server: Player(server, *words[:2]).run(), *arguments[:2])
