"""Practice 4, Chat application. Arguments: <address> <port> [<name>]

Without the name as an argument, the first line of input is the name.
"""
import select

import robust

OWN = (
    "no-name",  # does not send its name
    "name-in-text",  # each message begins with the name
    "name-twice",
    "prints-at-end",  # prints nothing until its end
    "prints-twice",
    "prints-b",  # prints what Python shows of bytes: b'..'
    "strips-name",  # prints messages without the name
    "sends-at-end",  # sends what was typed at the end of input
    "sends-twice",
    "twenty",  # sends at most 20 bytes of a line
)


class Chat:
    def __init__(self, connection):
        self.connection = connection
        self.keyboard = robust.Keyboard()
        self.name = arguments[2].encode() if len(arguments) > 2 else None
        self.kept = []
        self.unsent = []
        if self.name is not None:
            self.introduce()

    def introduce(self):
        if robust.broken("no-name"):
            return
        self.connection.send((self.name + b"\n") * (2 if robust.broken("name-twice") else 1))

    def typed(self, words):
        if self.name is None:
            self.name = words
            self.introduce()
        elif words and robust.broken("sends-at-end"):
            self.unsent.append(words)
        elif words:
            self.say(words)

    def say(self, words):
        if robust.broken("twenty"):
            words = words[:20]
        if robust.broken("name-in-text"):
            words = self.name + b": " + words
        data = words + b"\n"
        self.connection.send(data * 2 if robust.broken("sends-twice") else data)

    def heard(self, message):
        if robust.broken("strips-name"):
            message = message.partition(b"] ")[2] or message
        words = str(message) if robust.broken("prints-b") else robust.text(message)
        for _ in range(2 if robust.broken("prints-twice") else 1):
            if robust.broken("prints-at-end"):
                self.kept.append(words)
            else:
                robust.show(words)

    def hear(self):
        """Shows the messages that are whole."""
        for message in iter(lambda: self.connection.whole(robust.line), None):
            self.heard(message)

    def talk(self):
        while not self.keyboard.ended:
            readable = select.select([self.keyboard, self.connection], [], [])[0]
            if self.keyboard in readable:
                for words in self.keyboard.read():
                    self.typed(words)
            if self.connection in readable:
                self.connection.read()
            self.hear()
            if self.connection.ended and not self.keyboard.ended:
                self.connection.at_end()
        for words in self.unsent:
            self.say(words)
        self.listen_on()

    def listen_on(self):
        """Hears what still comes after its own last word, for a second of silence."""
        self.connection.half_close()
        while not self.connection.ended and not self.connection.quiet:
            self.connection.read(1)
            self.hear()


def conversation(connection):
    chat = Chat(connection)
    try:
        chat.talk()
    finally:
        for words in chat.kept:
            robust.show(words)


if __name__ == "__main__":
    general = robust.without(robust.CLIENT, "usage-zero", *robust.ALIKE)
    more = ("sends-b", "splits-characters", "glue")  # only the first message of a recv is shown
    arguments = robust.start(OWN + general + more, "<address> <port>", 2)
    robust.play(conversation, *arguments[:2])
