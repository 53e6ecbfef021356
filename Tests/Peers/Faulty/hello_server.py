# Programming 2, the "Hello-world" server (CS 212, question 4). Arguments: <address> <port>
from robust import ONE_BY_ONE, Server, broken, chunk, serve, without

FAULTS = without(ONE_BY_ONE, "split", "glue", "dies-in-mid", "select-only", "blocks-on-send",
                 "garbage-kills") + (
    "sends-b",
    "lower-case",
    "no-exclamation-mark",
    "sends-back",  # the client's own words
    "greets-first",  # sends before the client has said anything
    "closes-first",  # closes without a reply
    "loops",  # answers message after message, and never closes
    "cut-at-4",
    "second-unanswered",  # closes the second client's connection without a reply
)


class Hello(Server):
    take = staticmethod(chunk)
    one_by_one = True
    clients = 0

    def joined(self, peer):
        if broken("greets-first"):
            self.reply(peer, b"Hello in return!")

    def received(self, peer, message):
        self.clients += 1
        unanswered = broken("second-unanswered") and self.clients == 2
        if not (unanswered or broken("closes-first") or broken("greets-first")):
            self.reply(peer, words(message))
        if not broken("loops"):
            self.end(peer)


def words(message):
    if broken("sends-back"):
        return message
    if broken("lower-case"):
        return b"hello in return!"
    if broken("no-exclamation-mark"):
        return b"Hello in return"
    if broken("cut-at-4"):
        return b"Hell"
    return b"Hello in return!"


serve(Hello, FAULTS)
