# Lab 2, Assignment 3: sends the file that a client names. Arguments: [<address>] <port>
import os
import socket

from robust import LINES, ONE_BY_ONE, Server, Stop, broken, line, serve, without

FAULTS = without(ONE_BY_ONE + LINES, "split", "glue", "dies-in-mid", "twice", "garbage-kills",
                 "other-address", "in-use-hangs", "reads-keyboard") + (
    "last-block-lost",
    "last-block-padded",  # to 1,024 bytes
    "one-byte-lost",  # takes a block of one byte for the end
    "nearly-full-padded",  # a last block of 1,023 bytes gets a zero byte more
    "full-block-lost",  # a last block of 1,024 bytes
    "one-block",
    "line-ends-alone",  # makes \r\n to \n
    "block-twice",
    "adds-line-end",
    "empty-hangs",  # does not close after an empty file
    "stays-open",  # never closes
    "whole-blocks-hang",  # does not close after a file of 1,024 bytes, or a multiple
    "send-once",  # sends what the buffer takes, and loses the rest
    "missing-kills",
    "folder-kills",
    "outside",  # `..` leads out of the folder
    "absolute",  # a name that begins with / leads out of the folder
    "blank-cuts",  # looks for the name's part before its first blank
    "ends-after-one",
    "second-gets-first",  # sends the first file to everybody
)
BLOCK = 1024
root = os.path.realpath(".")


class Files(Server):
    take = staticmethod(line)
    first = None

    def received(self, peer, message):
        name = self.first if broken("second-gets-first") and self.first else name_in(message)
        self.first = name
        content = self.content(name)
        if content is None:
            self.end(peer)
            return
        self.transfer(peer, content)
        if not hangs(content):
            self.end(peer)

    def content(self, name):
        """The file's bytes, or None if it is refused."""
        try:
            with open(path_of(name), "rb") as file:
                return changed(file.read())
        except IsADirectoryError:
            if broken("folder-kills"):
                raise RuntimeError(name)
        except (OSError, ValueError):
            if broken("missing-kills"):
                raise RuntimeError(name)
        return None

    def transfer(self, peer, content):
        if broken("send-once"):
            peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
            peer.sock.send(content)
            return
        blocks = [content[at:at + BLOCK] for at in range(0, len(content), BLOCK)]
        for block in self.damaged(blocks):
            self.send(peer, block)

    def damaged(self, blocks):
        if broken("last-block-lost") and blocks and len(blocks[-1]) < BLOCK:
            return blocks[:-1]
        if broken("last-block-padded") and blocks:
            blocks[-1] = blocks[-1].ljust(BLOCK, b"\0")
        if broken("one-block"):
            return blocks[:1]
        if broken("block-twice"):
            return blocks[:1] + blocks
        return blocks

    def left(self, peer):
        if broken("ends-after-one"):
            raise Stop


def hangs(content):
    if broken("empty-hangs") and not content:
        return True
    if broken("whole-blocks-hang") and content and len(content) % BLOCK == 0:
        return True
    return broken("stays-open")


def name_in(message):
    name = message.decode("utf-8", "replace")
    if broken("blank-cuts"):
        name = name.split(" ")[0]
    return name


def path_of(name):
    """The file's path, if no way out of the folder leads there."""
    path = os.path.join(root, name)
    real = os.path.realpath(path)
    inside = real == root or real.startswith(root + os.sep)
    if os.path.isabs(name):
        inside = inside or broken("absolute")
    else:
        inside = inside or broken("outside")
    if not inside or os.path.exists(real) and not (os.path.isfile(real) or os.path.isdir(real)):
        raise PermissionError(name)
    return real


def changed(content):
    if broken("one-byte-lost") and len(content) % BLOCK == 1:
        content = content[:-1]
    if broken("nearly-full-padded") and len(content) % BLOCK == BLOCK - 1:
        content += b"\0"
    if broken("full-block-lost") and len(content) % BLOCK == 0:
        content = content[:-BLOCK]
    if broken("line-ends-alone"):
        content = content.replace(b"\r\n", b"\n")
    if broken("adds-line-end"):
        content += b"\n"
    return content


serve(Files, FAULTS, "<port>")
