# Programming 2, Processing Client Requests: the time in the client's format, one client after
# another. Arguments: <address> <port>
from datetime import datetime

from robust import LINES, ONE_BY_ONE, Server, broken, line, serve, text, without

OWN = (
    "one-format",  # the time as HH:MM:SS, whatever is asked
    "first-format",  # each reply of a connection has its first format
    "hour-off",
    "sixteen",  # takes the first 16 bytes of a format
    "closes-after-one",
    "no-close",  # keeps the connection when the client has ended
)


class Clock(Server):
    take = staticmethod(line)
    one_by_one = True

    def joined(self, peer):
        peer.format = None

    def received(self, peer, message):
        wanted = text(message)
        if broken("sixteen"):
            wanted = wanted[:16]
        if broken("first-format"):
            peer.format = wanted = peer.format or wanted
        self.reply(peer, (time(wanted) + "\n" * peer.lines).encode())
        if broken("closes-after-one"):
            self.end(peer)

    def end(self, peer):
        if not broken("no-close"):
            super().end(peer)
        elif peer.ended:
            self.watch(peer)


def time(wanted):
    if broken("one-format"):
        wanted = "%H:%M:%S"
    now = datetime.now()
    if broken("hour-off"):
        now = now.replace(hour=(now.hour + 1) % 24)
    return now.strftime(wanted)


if __name__ == "__main__":
    serve(Clock, OWN + ("sends-b",) + without(
        ONE_BY_ONE + LINES, "split", "dies-in-mid", "other-address", "in-use-hangs",
        "reads-keyboard", "forks-away", "twice"))
