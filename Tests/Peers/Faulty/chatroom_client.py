# CS 212, question 8. Arguments: <address> <port>. The first line of input is the login name.
import select

from robust import ALIKE, CLIENT, Keyboard, broken, line, play, show, start, text, without

FAULTS = without(CLIENT, "usage-zero", *ALIKE) + (
    "glue",  # shows only the first message of a recv
    "sends-b",
    "no-prompt",
    "name-unsent",
    "name-before-lines",  # each line begins with the name
    "prompt-sent",  # sends "> " before each line
    "shows-nothing",
    "shows-twice",
    "shows-b",
    "name-stripped",  # shows lines without their sender
    "server-unshown",  # does not show what the server itself says
    "quit-at-once",  # the word quit in any line ends it
)


class Client:
    def __init__(self, server):
        self.server = server
        self.keyboard = Keyboard()
        self.name = None
        self.over = False

    def run(self):
        self.prompt()
        while not self.over and not self.keyboard.ended:
            readable = select.select([self.keyboard, self.server], [], [])[0]
            if self.keyboard in readable:
                self.type()
            if self.server in readable:
                self.server.read()
            self.hear()
            if self.server.ended and not self.over and not self.keyboard.ended:
                self.server.at_end()
        self.listen_on()

    def prompt(self):
        if not broken("no-prompt"):
            show("Enter login name:")

    def type(self):
        for words in self.keyboard.read():
            words = text(words)
            if self.name is None:
                self.login(words.strip())
            elif words and not self.over:
                self.say(words)

    def login(self, name):
        if not name:
            return self.prompt()
        self.name = name
        if not broken("name-unsent"):
            self.server.send((name + "\n").encode())
        return None

    def say(self, words):
        if words == "quit" or "quit" in words and broken("quit-at-once"):
            self.over = True
            words = "quit"
        elif broken("name-before-lines"):
            words = "%s: %s" % (self.name, words)
        elif broken("prompt-sent"):
            words = "> " + words
        self.server.send((words + "\n").encode())

    def hear(self):
        for message in iter(lambda: self.server.whole(line), None):
            self.tell(message)

    def tell(self, message):
        words = str(message) if broken("shows-b") else text(message)
        if words.startswith("error:"):
            self.name = None
        if words.startswith("Server:") and broken("server-unshown"):
            return
        if broken("name-stripped"):
            words = words.partition(": ")[2]
        for _ in range(0 if broken("shows-nothing") else 2 if broken("shows-twice") else 1):
            show(words)
        if self.name is None:
            self.prompt()

    def listen_on(self):
        """Hears what still comes after its own last word, for a second of silence."""
        self.server.half_close()
        while not self.server.ended and not self.server.quiet:
            self.server.read(1)
            self.hear()


address = start(FAULTS, "<address> <port>", 2)
play(lambda server: Client(server).run(), *address)
