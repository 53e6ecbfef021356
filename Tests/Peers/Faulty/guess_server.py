"""Practice 4, Assignment III. Arguments: <address> <port>"""
import random
import struct

import robust

OWN = (
    "other-order",  # reads the number in network byte order
    "one-byte",  # reads only the lowest byte of the number
    "reply-unpadded",  # the questions have 8 bytes, the replies 5
    "letter-alone",  # replies without the number
    "words",  # replies as text: Yes, No, You won
    "five-questions",  # the sixth question of a player is answered End of game
    "exchanged",  # Yes for No, and No for Yes
    "border-smaller",  # answers < as <=
    "border-greater",  # answers > as >=
    "turned",  # answers < as: is your number smaller than mine?
    "right-is-yes",  # a right = is answered Yes, and the game goes on
    "wrong-is-no",  # a wrong = is answered No, and the player plays on
    "wrong-is-end",  # a wrong = is answered End of game
    "out-ends-all",  # one player's wrong = ends the game for all
    "others-play-on",  # after a win the others still get Yes and No
    "two-winners",  # after a win another right = wins, too
    "newcomer-plays",  # who comes after the win gets Yes and No
    "others-closed",  # after a win the others are closed without a word
    "new-at-once",  # chooses a new number although players are still there
    "new-after-winner",  # chooses a new number when the winner has left
    "never-new",  # no new game when all have left
    "same-number",  # the new game has the old number
    "reset-stays",  # a player that has left by a reset is waited for, for ever
    "ends-after-game",  # the server ends when all have left
    "dies-at-second-right",  # the second right = ends the server
    "number-0",
    "number-101",
    "contradicts",  # a new number for each question
    "game-each",  # a number and a game for each client
    "to-all",  # each answer goes to all clients
    "closes-after-one",  # one question a connection
)

# The same numbers in each run, so that a fault always shows in the same places.
random.seed(212)
message = struct.Struct("c i")
WORDS = {b"I": b"Yes", b"N": b"No", b"Y": b"You won", b"K": b"You are out", b"V": b"End of game"}


class Guess(robust.Server):
    take = staticmethod(robust.fixed(message.size))
    number = None

    def __init__(self):
        super().__init__()
        self.choose()

    def choose(self):
        self.won = False
        self.winner = None
        self.gone_wrong = False
        if not (robust.broken("same-number") and self.number):
            self.number = random.randint(1, 100)
        if robust.broken("number-0"):
            self.number = 0
        if robust.broken("number-101"):
            self.number = 101
        for peer in self.peers:
            peer.out = False

    def joined(self, peer):
        peer.out = False
        peer.asked = 0
        peer.late = self.won
        peer.number = random.randint(1, 100)
        peer.won = False

    def received(self, peer, question):
        operator, number = self.read_question(question)
        if operator not in b"<>=":
            raise robust.Bad("no operator: %r" % operator)
        letter = self.judge(peer, operator, number)
        reply = message.pack(letter, 0)
        if robust.broken("letter-alone"):
            reply = letter
        if robust.broken("reply-unpadded"):
            reply = struct.pack("=c i", letter, 0)
        if robust.broken("words"):
            reply = WORDS[letter]
        if robust.broken("to-all"):
            for other in list(self.peers):
                self.send(other, reply)
            return None
        if robust.broken("closes-after-one"):
            self.send(peer, reply)
            return self.end(peer)
        return reply

    def read_question(self, question):
        operator, number = message.unpack(question)
        if robust.broken("other-order"):
            number = struct.unpack(">c3xi", question)[1]
        if robust.broken("one-byte"):
            number &= 255
        return operator, number

    def judge(self, peer, operator, number):
        peer.asked += 1
        if robust.broken("five-questions") and peer.asked > 5:
            return b"V"
        if robust.broken("contradicts"):
            self.number = random.randint(1, 100)
        mine = peer.number if robust.broken("game-each") else self.number
        if self.is_over(peer, operator, number == mine):
            return b"V"
        if operator != b"=":
            yes = self.compare(operator, mine, number)
            return b"I" if yes != robust.broken("exchanged") else b"N"
        return self.win(peer) if number == mine else self.miss(peer)

    def is_over(self, peer, operator, right):
        if robust.broken("game-each"):
            return peer.won or peer.out
        if self.won and operator == b"=" and right and robust.broken("dies-at-second-right"):
            raise RuntimeError("won already")
        if peer.out:
            return True
        if not self.won or peer is self.winner:
            return self.won
        if robust.broken("others-play-on"):
            return operator == b"="
        if robust.broken("two-winners"):
            return not (operator == b"=" and right)
        if robust.broken("newcomer-plays") and peer.late:
            return operator == b"="
        return True

    def compare(self, operator, mine, number):
        if robust.broken("turned"):
            mine, number = number, mine
        if mine == number:
            return robust.broken("border-smaller" if operator == b"<" else "border-greater")
        return mine < number if operator == b"<" else mine > number

    def win(self, peer):
        if robust.broken("right-is-yes"):
            return b"I"
        self.won = peer.won = True
        self.winner = peer
        if robust.broken("others-closed"):
            for other in [other for other in self.peers if other is not peer]:
                self.end(other)
        if robust.broken("new-at-once"):
            self.choose()
            peer.out = True
        return b"Y"

    def miss(self, peer):
        if robust.broken("wrong-is-no"):
            return b"N"
        peer.out = True
        if robust.broken("out-ends-all"):
            self.won = True
        return b"V" if robust.broken("wrong-is-end") else b"K"

    def drop(self, peer, reason=None):
        if isinstance(reason, ConnectionError) and robust.broken("reset-stays"):
            self.gone_wrong = True
        super().drop(peer, reason)

    def left(self, peer):
        waited_for = self.peers and not (robust.broken("new-after-winner") and peer is self.winner)
        if not self.won or waited_for or robust.broken("never-new") or self.gone_wrong:
            return
        if robust.broken("ends-after-game"):
            raise robust.Stop
        self.choose()


if __name__ == "__main__":
    robust.serve(Guess, OWN + robust.SERVER)
