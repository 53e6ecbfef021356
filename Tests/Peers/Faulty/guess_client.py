"""Practice 4, Assignment III. Arguments: <address> <port>"""
import random
import struct
import sys
import time

import robust

OWN = (
    "linear",  # asks < 100, < 99, < 98
    "guesses",  # asks = at once, number after number
    "early",  # asks = while four numbers are left
    "never-equals",  # goes on comparing when one number is left
    "gives-up",  # leaves when one number is left
    "out-goes-on",  # asks = again after You are out
    "won-goes-on",  # goes on asking after You won
    "end-goes-on",  # goes on asking after End of game
    "asks-0",  # its first question is < 0
    "asks-101",  # its first question is > 101
    "wrong-half",  # takes No to < n as: it is greater than n
    "stuck",  # asks the same for ever when two numbers are left
    "yes-for-no",  # takes I for No, and N for Yes
    "ends-at-no",
    "order-changes",  # the second question has the other byte order
    "padding-changes",  # the second question is not padded
    "text",  # sends its questions as text: <51
    "five",  # sends an operator, and a number of one byte
    "unknown-operator",  # sends ( for <
    "no-wait",
    "waits-once",  # waits only before the first question
    "two-at-once",  # sends the next question before the answer
    "reconnects",  # a connection for each question
    "needs-zero",  # wants the answer's number to be 0
)

message = struct.Struct("c i")
WORDS = {b"I": "Yes", b"N": "No", b"Y": "You won", b"K": "You are out", b"V": "End of game"}
OVER = {b"Y": "won-goes-on", b"K": "out-goes-on", b"V": "end-goes-on"}


class Search:
    """Finds the number by halves."""

    def __init__(self):
        self.low, self.high = 1, 100
        self.asked = 0

    def question(self):
        """The next operator and number, or None."""
        self.asked += 1
        if robust.broken("guesses"):
            return b"=", self.asked
        if self.asked == 1 and robust.broken("asks-0"):
            return b"<", 0
        if self.asked == 1 and robust.broken("asks-101"):
            return b">", 101
        left = self.high - self.low + 1
        if left <= (4 if robust.broken("early") else 1) and not robust.broken("never-equals"):
            if robust.broken("gives-up"):
                return None
            return b"=", self.low
        if robust.broken("linear"):
            return b"<", self.high
        return b"<", (self.low + self.high + (0 if robust.broken("stuck") else 1)) // 2

    def learn(self, operator, number, letter):
        if operator == b"=" or not 1 <= number <= 100 or self.low >= self.high:
            return
        if (letter == b"I") != robust.broken("yes-for-no"):
            self.high = max(self.low, number - 1)
        else:
            self.low = min(self.high, number + (1 if robust.broken("wrong-half") else 0))


def pack(count, operator, number):
    if robust.broken("text"):
        return b"%s%d" % (operator, number)
    if robust.broken("five"):
        return struct.pack("c B", operator, number)
    if robust.broken("unknown-operator") and operator == b"<":
        operator = b"("
    if robust.broken("order-changes") and count == 2:
        return struct.pack(">c3xi", operator, number)
    if robust.broken("padding-changes") and count == 2:
        return struct.pack("=ci", operator, number)
    return message.pack(operator, number)


def wait(connection, count):
    """Waits 1 to 5 s, listening: the end of the game may be told at any time."""
    if robust.broken("no-wait") or robust.broken("waits-once") and count > 1:
        return
    seconds = random.uniform(1, 5)
    end = time.monotonic() + seconds
    while len(connection.input) < message.size and time.monotonic() < end:
        connection.read(max(0, end - time.monotonic()))
        if connection.ended:
            connection.at_end()


def hear(connection):
    """The next letter, shown in the sheet's words."""
    letter, number = message.unpack(connection.exactly(message.size))
    if robust.broken("needs-zero") and number != 0:
        sys.exit("the answer's number is %d" % number)
    if letter not in WORDS:
        sys.exit("no answer: %r" % letter)
    robust.show(WORDS[letter])
    return letter


def is_over(letter):
    if letter == b"N" and robust.broken("ends-at-no"):
        return True
    return letter in OVER and not robust.broken(OVER[letter])


def game(connection):
    search = Search()
    while True:
        wait(connection, search.asked + 1)
        if len(connection.input) >= message.size and is_over(hear(connection)):
            return
        question = search.question()
        if question is None:
            return
        operator, number = question
        robust.show("%s %d" % (operator.decode(), number))
        connection.send(pack(search.asked, operator, number))
        if robust.broken("two-at-once"):
            connection.send(pack(search.asked, *search.question()))
            if is_over(hear(connection)):
                return
        letter = hear(connection)
        if is_over(letter):
            return
        search.learn(operator, number, letter)
        if robust.broken("reconnects"):
            connection.close()
            connection.__init__(*address)


if __name__ == "__main__":
    address = robust.start(OWN + robust.SILENT_CLIENT, "<address> <port>", 2)
    robust.play(game, *address)
