# Lab 2, Assignment 3. Arguments: <server>:<port>:<name on server> <local name>
import os
import sys
import tempfile

from robust import SILENT_CLIENT, broken, play, show, start, without

FAULTS = without(SILENT_CLIENT, "usage-zero", "pieces") + (
    "sends-b",
    "asks-for-local",  # asks for the local name
    "keeps-server-name",  # writes to the name on the server
    "name-cut-at-blank",
    "sends-nothing",
    "first-recv-alone",
    "first-block-alone",
    "last-block-lost",
    "one-byte-lost",  # takes a block of one byte for the end
    "nearly-full-padded",  # a last block of 1,023 bytes gets a zero byte more
    "full-block-lost",  # a last block of 1,024 bytes
    "padded",  # the file's length becomes a multiple of 1,024
    "windows-lines",
    "line-ends-alone",  # makes \r\n to \n
    "adds-line-end",
    "appends",  # an old file of that name stays before the new one
    "overwrites",  # an old, longer file keeps its end
    "no-empty-file",  # writes no file when nothing comes
    "reset-is-end",  # a broken transfer looks whole
    "shows-file",  # writes nothing, and prints what comes
)
BLOCK = 1024


def main(place, local):
    host, port, name = place.split(":", 2)
    if broken("name-cut-at-blank"):
        name = name.split(" ")[0]
    if broken("asks-for-local"):
        name = local
    if broken("keeps-server-name"):
        local = os.path.join(os.path.dirname(local), os.path.basename(name))
    play(lambda server: transfer(server, name, local), host, port)


def transfer(server, name, local):
    if not broken("sends-nothing"):
        server.send(name.encode())
    server.half_close()
    try:
        content = receive(server)
    except OSError:
        if not broken("reset-is-end"):
            raise
        write(bytes(server.input), local)
        return
    write(changed(content), local)
    show("%s: %d bytes" % (local, len(content)))


def receive(server):
    """All that comes until the server closes."""
    while not server.ended:
        server.read()
        if broken("first-block-alone") and len(server.input) >= BLOCK:
            return server.cut(BLOCK)
        if broken("first-recv-alone"):
            break
    if server.error is not None:
        raise server.error
    if not server.input and (broken("ignores-end") or broken("spins-at-end")):
        server.at_end()
    return server.cut(len(server.input))


def changed(content):
    """The bytes as they are, unless the program has a fault."""
    if broken("one-byte-lost") and len(content) % BLOCK == 1:
        content = content[:-1]
    if broken("nearly-full-padded") and len(content) % BLOCK == BLOCK - 1:
        content += b"\0"
    if broken("full-block-lost") and len(content) % BLOCK == 0:
        content = content[:-BLOCK]
    if broken("windows-lines"):
        content = content.replace(b"\n", b"\r\n")
    if broken("line-ends-alone"):
        content = content.replace(b"\r\n", b"\n")
    if broken("last-block-lost"):
        content = content[:len(content) // BLOCK * BLOCK]
    if broken("padded"):
        content += b"\0" * (-len(content) % BLOCK)
    if broken("adds-line-end"):
        content += b"\n"
    return content


def write(content, local):
    """Puts a new file in the place of the old one, which stays as it is until then."""
    if broken("shows-file"):
        sys.stdout.buffer.write(content)
        return
    if broken("no-empty-file") and not content:
        return
    if broken("appends") or broken("overwrites"):
        content = joined(content, local)
    folder = os.path.dirname(os.path.abspath(local))
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, local)


def joined(content, local):
    if not os.path.exists(local):
        return content
    with open(local, "rb") as file:
        old = file.read()
    return old + content if broken("appends") else content + old[len(content):]


main(*start(FAULTS, "<server>:<port>:<name> <file>", 2))
