# Lab 2, Assignment 3. Arguments: <server>:<port>:<name on server> <local name>
import os
import sys
import tempfile

from robust import SILENT_CLIENT, broken, play, show, start, without

FAULTS = without(SILENT_CLIENT, "pieces") + (
    "sends-b",
    "asks-for-local",  # asks for the local name
    "keeps-server-name",  # writes to the name on the server
    "name-cut-at-blank",
    "name-cut-at-colon",
    "last-part-alone",  # asks for notes.txt instead of texts/notes.txt
    "ascii-name",
    "sends-nothing",
    "short-is-last",  # takes fewer than 1,024 bytes for the last block
    "first-block-alone",
    "last-block-lost",
    "padded",  # the file's length becomes a multiple of 1,024
    "text-alone",  # dies at bytes that are no UTF-8
    "text-only",  # loses bytes that are no UTF-8
    "windows-lines",
    "line-ends-alone",  # makes \r\n to \n
    "stops-at-zero",
    "adds-line-end",
    "appends",  # an old file of that name stays before the new one
    "overwrites",  # an old, longer file keeps its end
    "strips",
    "no-empty-file",  # writes no file when nothing comes
    "old-lost",  # empties the old file before the transfer
    "reset-is-end",  # a broken transfer looks whole
    "keeps-part",  # tells of a broken transfer, but its part replaces the old file
    "leaves-part",  # tells of it, and leaves a file beside the target
    "shows-file",  # writes nothing, and prints what comes
)
BLOCK = 1024


def main(place, local):
    host, port, name = place.split(":", 2)
    if broken("name-cut-at-colon"):
        name = name.split(":")[0]
    if broken("name-cut-at-blank"):
        name = name.split(" ")[0]
    if broken("last-part-alone"):
        name = os.path.basename(name)
    if broken("asks-for-local"):
        name = local
    if broken("keeps-server-name"):
        local = os.path.join(os.path.dirname(local), os.path.basename(name))
    if broken("old-lost"):
        open(local, "wb").close()
    play(lambda server: transfer(server, name, local), host, port)


def transfer(server, name, local):
    if not broken("sends-nothing"):
        server.send(name.encode("ascii" if broken("ascii-name") else "utf-8", "replace"))
    server.half_close()
    try:
        content = receive(server)
    except OSError:
        part = bytes(server.input)
        if broken("reset-is-end") or broken("keeps-part"):
            write(part, local)
        if broken("leaves-part"):
            with open(local + ".part", "wb") as file:
                file.write(part)
        if broken("reset-is-end"):
            return
        raise
    write(changed(content), local)
    show("%s: %d bytes" % (local, len(content)))


def receive(server):
    """All that comes until the server closes."""
    while not server.ended:
        before = len(server.input)
        server.read()
        if broken("first-block-alone") and len(server.input) >= BLOCK:
            return server.cut(BLOCK)
        if broken("short-is-last") and len(server.input) - before < BLOCK:
            break
    if server.error is not None:
        raise server.error
    if not server.input and (broken("ignores-end") or broken("spins-at-end")):
        server.at_end()
    return server.cut(len(server.input))


def changed(content):
    """The bytes as they are, unless the program has a fault."""
    if broken("text-alone"):
        content = content.decode().encode()
    if broken("text-only"):
        content = content.decode("utf-8", "ignore").encode()
    if broken("windows-lines"):
        content = content.replace(b"\n", b"\r\n")
    if broken("line-ends-alone"):
        content = content.replace(b"\r\n", b"\n")
    if broken("stops-at-zero"):
        content = content.split(b"\0")[0]
    if broken("last-block-lost"):
        content = content[:len(content) // BLOCK * BLOCK]
    if broken("padded"):
        content += b"\0" * (-len(content) % BLOCK)
    if broken("adds-line-end"):
        content += b"\n"
    return content.strip() if broken("strips") else content


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
