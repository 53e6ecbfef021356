# Programming 2, Task 5.3. Arguments: <address> <port> <name>. Each line of input is a cell.
import select

from robust import CLIENT, PAUSE, Keyboard, broken, line, play, show, start, text

FAULTS = CLIENT + (
    "glue",  # takes the first line of a recv, and loses the others
    "sends-b",
    "name-unsent",
    "name-twice",
    "lower-name",
    "moves-unasked",  # sends each cell as soon as it is typed
    "moves-at-init",  # sends a cell when the game begins, as O, too
    "moves-for-other",  # sends a cell after each moved
    "counts-from-0",  # sends 4 for 5
    "sends-row-and-column",  # 2 2 for 5
    "sends-twice",
    "one-move",  # ends after its first move
    "no-second-try",  # does not answer the move after an invalid
    "same-move-again",  # answers that move with the same cell
    "stays-at-end",  # asks on after GameEnd
    "deaf-while-typing",  # does not hear the end while it waits for a cell
    "shows-nothing",
    "board-unshown",
    "end-unshown",
)


class Player:
    def __init__(self, server, name):
        self.server = server
        self.keyboard = Keyboard()
        self.cells = []
        self.asked = False
        self.over = False
        self.last = None
        self.refused = False
        if not broken("name-unsent"):
            name = name.lower() if broken("lower-name") else name
            server.send((name + "\n").encode() * (2 if broken("name-twice") else 1))

    def run(self):
        while not self.over:
            waits = broken("deaf-while-typing") and self.asked
            sources = [] if waits else [self.server]
            sources += [] if self.keyboard.ended else [self.keyboard]
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
        kind, _, rest = words.partition(" ")
        hidden = broken("shows-nothing") or broken("end-unshown") and kind == "GameEnd"
        if not hidden:
            show(words.rpartition(" ")[0] if broken("board-unshown") and "." in rest else words)
        if kind == "move" and not (self.refused and broken("no-second-try")):
            self.asked = True
        if kind.startswith("init@") and broken("moves-at-init"):
            self.asked = True
        if kind == "moved" and broken("moves-for-other"):
            self.asked = True
        self.refused = kind == "invalid"
        if self.refused and broken("same-move-again"):
            self.cells.insert(0, self.last)
        if kind == "GameEnd" and not broken("stays-at-end"):
            self.over = True

    def move(self):
        while self.cells and (self.asked or broken("moves-unasked")) and not self.over:
            self.last = cell = self.cells.pop(0)
            self.asked = False
            if broken("counts-from-0") and cell.isdigit():
                cell = str(int(cell) - 1)
            if broken("sends-row-and-column") and cell.isdigit():
                cell = "%d %d" % ((int(cell) - 1) // 3 + 1, (int(cell) - 1) % 3 + 1)
            self.server.send((cell + "\n").encode() * (2 if broken("sends-twice") else 1))
            self.over = broken("one-move")


arguments = start(FAULTS, "<address> <port> <name>", 3)
play(lambda server: Player(server, arguments[2]).run(), *arguments[:2])
