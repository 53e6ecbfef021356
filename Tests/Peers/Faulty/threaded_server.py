# Programming 2, Handling Multiple Clients: strftime-server for many clients at the same time. A
# loop stands in for the threads: no client can tell. Arguments: <address> <port>
from robust import LINES, SERVER, broken, serve, without
from strftime_server import OWN, Clock

THREADS = (
    "two-clients",  # serves two, and the third only after one of them has left
    "second-dies",  # the second thread fails
)


class Threaded(Clock):
    one_by_one = False
    clients = 0

    def joined(self, peer):
        super().joined(peer)
        self.clients += 1
        if broken("second-dies") and self.clients == 2:
            self.end(peer)

    def watch_listener(self):
        self.one_by_one = broken("two-clients") and len(self.peers) > 1
        super().watch_listener()


serve(Threaded, OWN + THREADS + ("sends-b",) + without(
    SERVER + LINES, "split", "dies-in-mid", "select-only", "blocks-on-send", "other-address",
    "in-use-hangs", "reads-keyboard", "forks-away", "twice", "wrong-peer"))
