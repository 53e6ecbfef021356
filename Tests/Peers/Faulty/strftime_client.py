# Programming 2, Processing Client Requests. Arguments: <address> <port> [<format> ...]; without a
# format, lines of input
import sys
import time

from robust import CLIENT, broken, line, play, show, start, text, without

FAULTS = without(CLIENT, "usage-zero") + (
    "sends-b",
    "first-format-alone",
    "all-at-once",  # sends all formats, and then reads
    "all-in-one",  # one message with all formats
    "its-own-clock",  # shows its own time, whatever the server sends
    "shows-format",
    "shows-nothing",
    "shows-first-reply",  # again and again
    "sends-twice",
    "no-last-reply",  # closes before the last reply has come
    "reconnects",  # a connection for each format
)


def conversation(server):
    formats = wanted_formats()
    if broken("all-at-once"):
        server.send("".join(wanted + "\n" for wanted in formats).encode())
    first = None
    for number, wanted in enumerate(formats, 1):
        if not broken("all-at-once"):
            server.send((wanted + "\n").encode() * (2 if broken("sends-twice") else 1))
        if broken("no-last-reply") and number == len(formats):
            return
        reply = server.message(whole_line)
        first = first or reply
        tell(first if broken("shows-first-reply") else reply, wanted)
        if broken("reconnects"):
            server.close()
            server.__init__(*arguments[:2])


def whole_line(server):
    """Its formats are lines, and so are the replies: no pause ends one."""
    return line(server)


def wanted_formats():
    lines = arguments[2:] or [words.rstrip("\r\n") for words in sys.stdin]
    if broken("first-format-alone"):
        return lines[:1]
    return [" ".join(lines)] if broken("all-in-one") else lines


def tell(reply, wanted):
    words = text(reply)
    if broken("its-own-clock"):
        words = time.strftime(wanted)
    if broken("shows-format"):
        words = wanted
    if not broken("shows-nothing"):
        show(words)


arguments = start(FAULTS, "<address> <port> [<format> ...]", 2)
play(conversation, *arguments[:2])
