# Lab 2, Assignment 3: sends the file that a client names. Arguments: [<address>] <port>
import os
import socket
import struct

from robust import SERVER, TEXT, Server, Stop, broken, line, serve, without

FAULTS = without(SERVER + TEXT, "glue", "mid", "dies-in-mid", "keeps-cr", "twice", "wrong-peer",
                 "sends-b", "garbage-kills", "blocks-on-send") + (
    "last-block-lost",
    "last-block-padded",  # to 1,024 bytes
    "one-block",
    "text-only",  # reads the file as UTF-8, and loses what is none
    "windows-lines",  # sends \r\n for \n
    "stops-at-zero",  # takes a zero byte for the end
    "block-twice",
    "adds-line-end",
    "adds-eof",  # sends EOF after the last block
    "adds-size",  # sends the file's size before it
    "empty-hangs",  # does not close after an empty file
    "stays-open",  # never closes
    "whole-blocks-hang",  # does not close after a file of 1,024 bytes, or a multiple
    "send-once",  # sends what the buffer takes, and loses the rest
    "resets",  # closes with a reset
    "missing-kills",
    "missing-hangs",
    "folder-kills",
    "outside",  # `..` leads out of the folder
    "absolute",  # a name that begins with / leads out of the folder
    "links-outside",
    "no-folders",  # cannot find a file in a folder of its folder
    "blank-cuts",  # looks for the name's part before its first blank
    "colon-cuts",
    "ascii-names",
    "lower-case",  # looks for the name in small letters
    "ends-after-one",
    "second-gets-first",  # sends the first file to everybody
)
BLOCK = 1024
root = os.path.realpath(".")


class Files(Server):
    take = staticmethod(line)
    pauses = True
    first = None

    def received(self, peer, message):
        name = self.first if broken("second-gets-first") and self.first else name_in(message)
        self.first = name
        content = self.content(name)
        if content is None:
            if not broken("missing-hangs"):
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
        if broken("resets"):
            peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.drop(peer)

    def damaged(self, blocks):
        if broken("last-block-lost") and blocks and len(blocks[-1]) < BLOCK:
            return blocks[:-1]
        if broken("last-block-padded") and blocks:
            blocks[-1] = blocks[-1].ljust(BLOCK, b"\0")
        if broken("one-block"):
            return blocks[:1]
        if broken("block-twice"):
            return blocks[:1] + blocks
        if broken("adds-eof"):
            blocks.append(b"EOF")
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
    name = message.decode("ascii" if broken("ascii-names") else "utf-8", "replace")
    if broken("blank-cuts"):
        name = name.split(" ")[0]
    if broken("colon-cuts"):
        name = name.split(":")[0]
    return name.lower() if broken("lower-case") else name


def path_of(name):
    """The file's path, if no way out of the folder leads there."""
    if broken("no-folders"):
        name = os.path.basename(name)
    path = os.path.join(root, name)
    real = os.path.realpath(path)
    inside = real == root or real.startswith(root + os.sep)
    if os.path.isabs(name):
        inside = inside or broken("absolute")
    elif ".." in name.split("/"):
        inside = inside or broken("outside")
    else:
        inside = inside or broken("links-outside")
    if not inside or os.path.exists(real) and not (os.path.isfile(real) or os.path.isdir(real)):
        raise PermissionError(name)
    return real


def changed(content):
    if broken("text-only"):
        content = content.decode("utf-8", "ignore").encode()
    if broken("windows-lines"):
        content = content.replace(b"\n", b"\r\n")
    if broken("stops-at-zero"):
        content = content.split(b"\0")[0]
    if broken("adds-line-end"):
        content += b"\n"
    if broken("adds-size"):
        content = b"%d\n" % len(content) + content
    return content


serve(Files, FAULTS, "<port>")
