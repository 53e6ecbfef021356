# Programming 2, Task 5.3. Arguments: <address> <port> [<name>]; without the last one, the first
# line of input is it. Each further line of input is a cell.
import select
import sys

from robust import CLIENT, PAUSE, Keyboard, broken, line, play, show, start, text, without

FAULTS = without(
    CLIENT, "silent-when-missing", "hangs-when-missing", "spins-at-end", "never-closes") + (
    "sends-b",
    "name-unsent",
    "name-twice",
    "lower-name",
    "sends-twice",
    "one-move",  # ends after its first move
    "end-unnoticed",  # neither shows GameEnd nor ends
)


class Player:
    def __init__(self, server, name, keyboard, cells):
        self.server = server
        self.keyboard = keyboard
        self.cells = cells
        self.asked = False
        self.over = False
        if not broken("name-unsent"):
            name = name.lower() if broken("lower-name") else name
            server.send((name + "\n").encode() * (2 if broken("name-twice") else 1))

    def run(self):
        while not self.over:
            sources = [self.server] + ([] if self.keyboard.ended else [self.keyboard])
            readable = select.select(sources, [], [], PAUSE if self.server.input else None)[0]
            self.server.quiet = not readable
            if self.keyboard in readable:
                self.cells += [text(words) for words in self.keyboard.read() if words]
            if self.server in readable:
                self.server.read()
            for message in iter(lambda: self.server.whole(line), None):
                self.hear(text(message))
            self.move()
            if self.asked and self.keyboard.ended and not self.cells:
                return
            if self.server.ended and not self.over:
                self.server.at_end()

    def hear(self, words):
        kind = words.partition(" ")[0]
        if kind == "GameEnd" and broken("end-unnoticed"):
            return
        show(words)
        self.asked = self.asked or kind == "move"
        self.over = self.over or kind == "GameEnd"

    def move(self):
        while self.cells and self.asked and not self.over:
            self.asked = False
            self.server.send((self.cells.pop(0) + "\n").encode() * (1 + broken("sends-twice")))
            self.over = broken("one-move")


arguments = start(FAULTS, "<address> <port> [<name>]", 2)
keyboard = Keyboard()
typed = arguments[2:]
while not typed:
    typed = [text(words) for words in keyboard.read() if words]
    if keyboard.ended and not typed:
        sys.exit("a name is needed")
play(lambda server: Player(server, typed[0], keyboard, typed[1:]).run(), *arguments[:2])
