# The services on asyncio, with its faster interface, protocols.
# Arguments: select|guess|calculator|chat|chat-joined <address> <port>
import asyncio
import struct
import sys

from calculation import answers, request
from ready import listening

packer = struct.Struct("c i")
yes = packer.pack(b"I", 0)
no = packer.pack(b"N", 0)
number = 100
members = {}


class Select(asyncio.Protocol):
    """Answers every message with OK."""

    def connection_made(self, transport):
        self.transport = transport
        self.rest = b""

    def data_received(self, data):
        self.transport.write(b"OK")


class Guess(Select):
    """Answers all questions that have come with one write."""

    def data_received(self, data):
        data = self.rest + data
        whole = len(data) - len(data) % packer.size
        self.rest = data[whole:]
        self.transport.write(
            b"".join(self.answer(*q) for q in packer.iter_unpack(data[:whole])))

    @staticmethod
    def answer(comparison, guess):
        if comparison == b"<":
            return yes if number < guess else no
        if comparison == b">":
            return yes if number > guess else no
        return yes if number == guess else no


class Calculator(Select):
    """Answers all requests that have come with one write, and reads on once it has left."""

    def data_received(self, data):
        data = self.rest + data
        whole = len(data) - len(data) % request.size
        self.rest = data[whole:]
        self.transport.write(answers(data[:whole]))

    def pause_writing(self):
        self.transport.pause_reading()

    def resume_writing(self):
        self.transport.resume_reading()


class Chat(Select):
    """Passes lines on to all others; the first line is the name."""

    def data_received(self, data):
        *lines, self.rest = (self.rest + data).split(b"\n")
        if lines and self not in members:
            members[self] = lines.pop(0)
        if lines:
            prefix = b"[" + members[self] + b"] "
            self.forward([prefix + line + b"\n" for line in lines])

    def forward(self, lines):
        for line in lines:
            for member in members:
                if member is not self:
                    member.transport.write(line)

    def connection_lost(self, error):
        members.pop(self, None)


class ChatJoined(Chat):
    """The same; lines that came together leave together. Few programs take the trouble."""

    def forward(self, lines):
        super().forward([b"".join(lines)])


async def main():
    loop = asyncio.get_running_loop()
    service = {"select": Select, "guess": Guess, "calculator": Calculator, "chat": Chat,
               "chat-joined": ChatJoined}[sys.argv[1]]
    server = await loop.create_server(service, sys.argv[2], int(sys.argv[3]), backlog=4096)
    listening("asyncio_server.py", server.sockets[0])
    await server.serve_forever()


asyncio.run(main())
