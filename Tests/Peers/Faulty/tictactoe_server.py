# Programming 2, Task 5.3: pairs of players play tic-tac-toe. Arguments: <address> <port>
import re
import select

from robust import Server, broken, line, serve, text

FAULTS = (
    "usage-zero", "leaves-child", "wrong-port", "in-use-zero", "ignores-ctrl-c", "spin", "split",
    "no-reuse",
    "name-awaited",  # serves nobody while a new client has not sent its name
    "no-welcome",
    "welcome-bare",  # without the name
    "no-init",
    "third-joins",  # a third player gets the second one's place
    "x-twice",  # X is asked two times in a row
    "move-unasked",  # sends no move
    "three-win",  # any three cells win
    "occupied-allowed",
    "row-unnoticed",  # the last one
    "column-unnoticed",  # the last one
    "diagonal-unnoticed",  # from 3 to 7
    "other-wins",
    "draw-first",  # a win with the ninth move is a draw
    "draw-untold",
    "end-to-winner",  # the other is not told
    "leaver-hangs",  # whose opponent has left hears nothing any more
)
LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]
UNNOTICED = {"row-unnoticed": (6, 7, 8), "column-unnoticed": (2, 5, 8),
             "diagonal-unnoticed": (2, 4, 6)}


class Tictactoe(Server):
    take = staticmethod(line)

    def __init__(self):
        super().__init__()
        self.waiting = []
        self.games = 0

    def joined(self, peer):
        peer.name = None
        peer.game = None
        if broken("name-awaited"):
            select.select([peer.sock], [], [])

    def received(self, peer, message):
        words = text(message)
        if peer.name is None:
            self.enter(peer, words)
        elif peer.game is None:
            self.tell(peer, "invalid not your turn")
        else:
            peer.game.move(peer, words)

    def tell(self, peer, *lines):
        self.reply(peer, "".join(line + "\n" for line in lines).encode())

    def enter(self, peer, name):
        taken = name in [other.name for other in self.peers]
        if taken or not re.fullmatch("[^ @]{1,32}", name) or name in ("draw", "abandoned"):
            return self.tell(peer, "error: choose another name")
        peer.name = name
        if not broken("no-welcome"):
            self.tell(peer, "Welcome" if broken("welcome-bare") else "Welcome " + name)
        self.waiting.append(peer)
        return self.pair()

    def pair(self):
        game = next((other.game for other in self.peers if other.game), None)
        if broken("third-joins") and game and self.waiting:
            game.join(self.waiting.pop())
        if len(self.waiting) < 2:
            return
        players = [self.waiting.pop(0), self.waiting.pop(0)]
        self.games += 1
        Game(self, self.games, players).begin()

    def left(self, peer):
        if peer in self.waiting:
            self.waiting.remove(peer)
        if peer.game is not None:
            peer.game.abandon(peer)


class Game:
    def __init__(self, server, identity, players):
        self.server = server
        self.identity = identity
        self.players = players
        self.board = ["."] * 9
        self.turn = 0
        self.moves = 0
        self.over = False
        for player in players:
            player.game = self

    def begin(self):
        names = [player.name for player in self.players]
        if not broken("no-init"):
            self.tell_all("init@%d %s %s" % (self.identity, *names))
        self.ask()

    def join(self, player):
        self.players[1] = player
        player.game = self
        self.begin()

    def tell_all(self, *lines):
        for player in self.players:
            self.server.tell(player, *lines)

    def ask(self):
        if not broken("move-unasked"):
            self.server.tell(self.players[self.turn], "move " + self.shown())

    def shown(self):
        return "".join(self.board)

    def move(self, player, words):
        if self.over and broken("leaver-hangs"):
            return None
        if self.over or player is not self.players[self.turn]:
            return self.server.tell(player, "invalid not your turn")
        cell = self.cell(words)
        if cell is None:
            return self.refuse("invalid a move is a cell from 1 to 9")
        if self.board[cell] != ".":
            if not broken("occupied-allowed"):
                return self.refuse("invalid cell %s is taken" % words)
        self.board[cell] = "XO"[self.turn]
        self.moves += 1
        self.tell_all("moved %s %s %s" % (player.name, words, self.shown()))
        return self.go_on(player)

    def cell(self, words):
        return int(words) - 1 if re.fullmatch("[1-9]", words) else None

    def refuse(self, reason):
        self.server.tell(self.players[self.turn], reason)
        self.ask()

    def go_on(self, player):
        full = "." not in self.board
        if self.won() and not (full and broken("draw-first")):
            other = self.players[1 - self.players.index(player)]
            return self.end((other if broken("other-wins") else player).name, player)
        if full:
            return self.end("draw", player)
        if not (broken("x-twice") and self.moves == 1):
            self.turn = 1 - self.turn
        return self.ask()

    def won(self):
        if broken("three-win") and max(self.board.count(sign) for sign in "XO") > 2:
            return True
        rows = [row for row in LINES if not any(broken(name) and row == UNNOTICED[name]
                                                for name in UNNOTICED)]
        return any(self.board[a] == self.board[b] == self.board[c] != "." for a, b, c in rows)

    def end(self, result, player):
        self.over = True
        untold = broken("draw-untold") and result == "draw"
        hearers = [player] if broken("end-to-winner") else self.players
        for hearer in [] if untold else hearers:
            self.server.tell(hearer, "GameEnd " + result)
        for hearer in self.players:
            self.server.end(hearer)

    def abandon(self, leaver):
        if self.over or leaver not in self.players:
            return
        other = self.players[1 - self.players.index(leaver)]
        self.over = True
        if broken("leaver-hangs"):
            return
        self.server.tell(other, "GameEnd abandoned")
        self.server.end(other)


serve(Tictactoe, FAULTS)
