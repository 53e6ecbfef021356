"""Practice 4, Exercise I. Arguments: <address> <port> [<message>...]

Without messages as arguments it sends the lines of its input.
"""
import select
import sys

import robust

OWN = (
    "first-only",  # sends one message
    "no-wait",  # sends all messages before it reads the first reply
    "no-replies",  # reads no reply
    "reconnects",  # a connection for each message
    "sends-twice",
    "sends-nul",  # a NUL at the end, as in C
    "sixteen",  # sends the first 16 bytes of a message
    "first-word",
    "one-byte",  # takes one byte for a whole reply
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
    reply = connection.exactly(1 if robust.broken("one-byte") else 2)
    robust.show(reply.decode("utf-8", "replace"))
    if reply != b"OK" and not robust.broken("one-byte") and not robust.broken("pieces"):
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
    unheard = 0
    for message in messages(connection):
        connection.send(encode(message))
        if robust.broken("no-wait") or robust.broken("no-replies"):
            unheard += 1
            continue
        hear(connection)
        if robust.broken("first-only"):
            return
        if robust.broken("reconnects"):
            connection.close()
            connection.__init__(*arguments[:2])
    for _ in range(unheard if robust.broken("no-wait") else 0):
        hear(connection)


if __name__ == "__main__":
    faults = OWN + robust.CLIENT + ("sends-b",)
    arguments = robust.start(faults, "<address> <port> [<message>...]", 2)
    robust.play(conversation, *arguments[:2])
