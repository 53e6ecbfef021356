"""Practice 4, Exercise I. Arguments: <address> <port> [<message>...]

Without messages as arguments it sends the lines of its input.
"""
import select
import sys

import robust

OWN = (
    "sends-twice",
    "sends-nul",  # a NUL at the end, as in C
    "sixteen",  # sends the first 16 bytes of a message
    "first-word",
    "needs-end",  # waits for a line end after the OK
)


def encode(message):
    data = message
    if robust.broken("first-word"):
        data = data.split()[0]
    if robust.broken("sixteen"):
        data = data[:16]
    if robust.broken("sends-nul"):
        data += b"\0"
    return data * 2 if robust.broken("sends-twice") else data


def hear(connection):
    if robust.broken("needs-end"):
        connection.lines = True
        robust.show(connection.line().decode())
        return
    reply = connection.exactly(2)
    robust.show(reply.decode("utf-8", "replace"))
    if reply != b"OK":
        sys.exit("no OK")


def messages(connection):
    """The arguments, or what is typed, as long as the server is there."""
    if len(arguments) > 2:
        yield from (words.encode() for words in arguments[2:])
        return
    keyboard = robust.Keyboard()
    while not keyboard.ended:
        if connection in select.select([connection, keyboard], [], [])[0]:
            connection.read()
            if connection.ended:
                connection.at_end()
        else:
            yield from filter(None, keyboard.read())


def conversation(connection):
    for message in messages(connection):
        connection.send(encode(message))
        hear(connection)


if __name__ == "__main__":
    faults = OWN + (
        robust.without(robust.CLIENT, "usage-zero", "pieces", "ignores-end", *robust.ALIKE)
        + ("sends-b",))
    arguments = robust.start(faults, "<address> <port> [<message>...]", 2)
    robust.play(conversation, *arguments[:2])
