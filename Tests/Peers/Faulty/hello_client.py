# Programming 2, the "Hello-world" client (CS 212, question 4). Arguments: <address> <port>
from robust import SILENT_CLIENT, broken, chunk, play, show, start, text, without

FAULTS = without(SILENT_CLIENT, "pieces", "usage-zero") + (
    "sends-b",
    "lower-case",
    "adds-mark",  # Hi Server!
    "sends-twice",
    "sends-nothing",
    "hears-first",  # waits for the server before it sends
    "no-reply-read",  # closes at once
)


def conversation(server):
    if broken("hears-first"):
        server.message(chunk)
    if not broken("sends-nothing"):
        server.send(words())
    if not broken("no-reply-read"):
        show(text(server.message(chunk)))


def words():
    if broken("lower-case"):
        return b"hi server"
    if broken("sends-twice"):
        return b"Hi ServerHi Server"
    return b"Hi Server" + b"!" * broken("adds-mark")


address = start(FAULTS, "<address> <port>", 2)
play(conversation, *address)
