# Lab 2, Assignment 1. Arguments: <address> <port>
from robust import CLIENT, Ended, broken, play, show, start, without

FAULTS = without(CLIENT, "usage-zero", "silent-when-missing") + (
    "no-prompt",
    "no-received-line",  # shows the reply without the words before it
    "shows-its-own",  # the sentence in upper case, whatever the server sends
    "shows-the-sent",
    "shows-b",
    "shows-16",
    "sends-upper",
    "sends-b",
    "sends-nothing",
    "sends-twice",
    "first-word-alone",
    "cut-at-16",
    "adds-blank",  # sends a blank after the sentence
)


def conversation(server):
    server.send((request() + "\n").encode())
    server.half_close()
    try:
        reply = server.line().decode("utf-8", "replace")
    except Ended:
        if sentence:
            raise
        reply = ""
    if broken("shows-its-own"):
        reply = sentence.upper()
    if broken("shows-the-sent"):
        reply = sentence
    if broken("shows-b"):
        reply = str(reply.encode())
    if broken("shows-16"):
        reply = reply[:16]
    show(reply if broken("no-received-line") else "Message received: " + reply)


def request():
    if broken("sends-nothing"):
        return ""
    if broken("sends-upper"):
        return sentence.upper()
    if broken("sends-b"):
        return str(sentence.encode())
    if broken("sends-twice"):
        return sentence * 2
    if broken("first-word-alone"):
        return sentence.split(" ")[0]
    if broken("cut-at-16"):
        return sentence[:16]
    return sentence + " " * broken("adds-blank")


host, port = start(FAULTS, "<address> <port>", 2)
try:
    sentence = input("" if broken("no-prompt") else "Input lowercase sequence: ")
except EOFError:
    raise SystemExit("there is no sentence")
play(conversation, host, port)
