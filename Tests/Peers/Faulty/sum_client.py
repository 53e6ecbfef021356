# Lab 2, Assignment 2. Arguments: <address> <port>. Name and number are two lines of input.
import sys

from robust import CLIENT, Ended, broken, play, show, start, without

FAULTS = without(CLIENT, "usage-zero", "silent-when-missing") + (
    "number-alone",
    "name-alone",
    "no-separator",
    "exchanged",  # sends number and name in the other order
    "sends-b",
    "sends-nothing",
    "nothing-at-1",
    "nothing-at-100",
    "sends-another",  # its own number is not the one that was typed
    "own-twice",  # shows its own number as the server's
    "no-own-name",
    "no-servers-name",
    "no-own-number",
    "no-servers-number",
    "no-sum",
    "sum-off-by-1",
    "sum-as-text",  # 42 and 57 make 4257
)


def conversation(server):
    server.send((request() + "\n").encode())
    server.half_close()
    try:
        reply = server.line().decode("utf-8", "replace")
    except Ended:
        if 1 <= number <= 100:
            raise
        show("No reply: the server has closed the connection")
        return
    if not reply.startswith("error:"):
        tell(*reply.rsplit(",", 1))


def request():
    if broken("sends-nothing") or number in (1, 100) and broken("nothing-at-%d" % number):
        return ""
    parts = [name, str(number + broken("sends-another"))]
    if broken("exchanged"):
        parts.reverse()
    if broken("number-alone"):
        parts = parts[1:]
    if broken("name-alone"):
        parts = parts[:1]
    message = ("" if broken("no-separator") else ",").join(parts)
    return str(message.encode()) if broken("sends-b") else message


def tell(servers_name, servers_number):
    servers_number = number if broken("own-twice") else int(servers_number)
    names = [name, servers_name.strip()]
    total = number + servers_number + broken("sum-off-by-1")
    if broken("sum-as-text"):
        total = "%d%d" % (number, servers_number)
    lines = {
        "no-own-name": "Client's name: " + names[0],
        "no-servers-name": "Server's name: " + names[1],
        "no-own-number": "Client's number: %d" % number,
        "no-servers-number": "Server's number: %d" % servers_number,
        "no-sum": "Sum: %s" % total,
    }
    for missing, line in lines.items():
        if not broken(missing):
            show(line)


host, port = start(FAULTS, "<address> <port>", 2)
try:
    name, number = input("Name: "), int(input("Number: "))
except (EOFError, ValueError):
    sys.exit("a name and a number are needed")
play(conversation, host, port)
