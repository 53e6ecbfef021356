# Programming 2, Processing Client Requests: the time in the client's format, one client after
# another. Arguments: <address> <port>
from datetime import datetime, timedelta

from robust import LINES, ONE_BY_ONE, Server, broken, line, serve, text, without

OWN = (
    "one-format",  # the time as HH:MM:SS, whatever is asked
    "first-format",  # each reply of a connection has its first format
    "hour-off",
    "day-off",
    "words-dropped",  # what stands between the conversions is lost
    "second-unanswered",
    "closes-after-one",
    "no-close",  # keeps the connection when the client has ended
)


class Clock(Server):
    take = staticmethod(line)
    one_by_one = True

    def joined(self, peer):
        peer.count = 0
        peer.format = None

    def received(self, peer, message):
        peer.count += 1
        wanted = text(message)
        if broken("second-unanswered") and peer.count > 1:
            return
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
    if broken("words-dropped"):
        parts = wanted.split("%")
        wanted = "".join("%" + part[:1] for part in parts[1:])
    now = datetime.now() + timedelta(days=broken("day-off"))
    if broken("hour-off"):
        now = now.replace(hour=(now.hour + 1) % 24)
    return now.strftime(wanted)


if __name__ == "__main__":
    serve(Clock, OWN + ("sends-b",) + without(
        ONE_BY_ONE + LINES, "split", "dies-in-mid", "other-address", "in-use-hangs",
        "reads-keyboard"))
