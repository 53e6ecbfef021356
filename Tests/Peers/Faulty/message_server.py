"""Unit B3, the example. Arguments: <port>"""
import robust

OWN = (
    "first-1024",  # prints what one recv of 1,024 bytes would bring
    "first-line",  # prints only the first line of a message
    "no-address",
    "host-only",  # the address without the port
    "own-address",  # its own address instead of the client's
    "prints-b",  # prints what Python shows of bytes: b'..'
    "prints-at-end",  # prints nothing until its end
    "prints-twice",
    "latin",  # takes UTF-8 for Latin-1
    "ascii-kills",  # a letter that is not ASCII ends the server
    "no-blanks",
    "holds",  # keeps its first client, and serves no other
    "ends-after-one",  # the server ends with its first client
)
kept = []


class Message(robust.Server):
    take = staticmethod(robust.stream)
    one_by_one = True

    def received(self, peer, message):
        words = self.decode(message)
        if robust.broken("no-address"):
            line = words
        elif robust.broken("host-only"):
            line = "%s: %s" % (peer.address[0], words)
        else:
            own = peer.sock.getsockname() if robust.broken("own-address") else peer.address
            line = "%s: %s" % (own, words)
        if robust.broken("prints-at-end"):
            kept.append(line)
            return
        for _ in range(2 if robust.broken("prints-twice") else 1):
            robust.show(line)

    def decode(self, message):
        if robust.broken("prints-b"):
            return str(message)
        if robust.broken("latin"):
            return message.decode("latin-1")
        if robust.broken("ascii-kills"):
            return str(message, "ascii") if message.isascii() else 1 / 0
        words = robust.text(message)
        if robust.broken("first-1024"):
            words = words[:1024]
        if robust.broken("first-line"):
            words = words.split("\n")[0]
        if robust.broken("no-blanks"):
            words = words.replace(" ", "")
        return words[:-1] if words.endswith("\n") else words

    def over(self, peer):
        if robust.broken("holds"):
            peer.ended = False
            self.selector.unregister(peer.sock)
            peer.events = 0
        else:
            super().over(peer)

    def left(self, peer):
        if robust.broken("ends-after-one"):
            raise robust.Stop


if __name__ == "__main__":
    # There is one message a connection, and no reply.
    none = ("glue", "dies-in-mid", "no-half-close", "usage-zero")
    faults = robust.without(robust.ONE_BY_ONE, *none, *robust.ALIKE)
    try:
        robust.serve(Message, OWN + faults + ("splits-characters",), "<port>")
    finally:
        for words in kept:
            robust.show(words)
