"""Practice 4, Exercise I. Arguments: <address> <port>"""
import robust

OWN = (
    "ok-line",  # OK with a line end: three bytes
    "ok-nul",  # OK with a NUL, as in C
    "lower-case",
    "echoes",  # the message comes back
    "echoes-after",  # OK and the message
    "first-only",  # answers only the first message of a client
    "closes-after-one",
    "ends-after-one",  # the server ends with its first client
    "to-all",  # OK goes to all clients
)


class Select(robust.Server):
    take = staticmethod(robust.chunk)

    def joined(self, peer):
        peer.answered = False

    def received(self, peer, message):
        robust.text(message)
        if robust.broken("first-only") and peer.answered:
            return None
        peer.answered = True
        if robust.broken("to-all"):
            for other in list(self.peers):
                self.send(other, b"OK")
            return None
        if robust.broken("closes-after-one"):
            self.send(peer, b"OK")
            return self.end(peer)
        reply = b"OK"
        if robust.broken("ok-line"):
            reply = b"OK\n"
        if robust.broken("ok-nul"):
            reply = b"OK\0"
        if robust.broken("lower-case"):
            reply = b"ok"
        if robust.broken("echoes"):
            reply = message
        if robust.broken("echoes-after"):
            reply = b"OK" + message
        return reply

    def left(self, peer):
        if robust.broken("ends-after-one"):
            raise robust.Stop


if __name__ == "__main__":
    # What one recv brings is a message: there is no middle, and nothing to split. The replies are
    # so short that a client which does not read them stops nobody for a long time.
    none = ("split", "glue", "mid", "dies-in-mid", "blocks-on-send", "usage-zero")
    faults = OWN + robust.without(robust.SERVER, *none, *robust.ALIKE) + ("sends-b",)
    robust.serve(Select, faults)
