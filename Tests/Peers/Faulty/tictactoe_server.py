# Programming 2, Task 5.3: pairs of players play tic-tac-toe. Arguments: <address> <port>
import re

from robust import SERVER, TEXT, Server, broken, line, serve, text, without

FAULTS = without(SERVER + TEXT, "wrong-peer", "blocks-on-send", "keeps-cr") + (
    "welcome-bare",  # without the name
    "no-welcome",
    "no-init",
    "names-exchanged",  # in init
    "same-id",  # every game is game 1
    "id-from-0",
    "one-game",  # pairs nobody after the first two
    "third-joins",  # a third player hears the first two's game
    "gone-are-paired",  # pairs with a player that has left
    "taken-name",  # two players may have one name
    "x-twice",  # X is asked two times in a row
    "o-begins",
    "move-unasked",  # sends no move
    "turn-open",  # takes a cell from the player that is not in turn
    "occupied-allowed",
    "occupied-kills",
    "invalid-loses-turn",  # asks the other player after an invalid move
    "no-second-ask",  # does not ask again after an invalid move
    "0-is-9",  # takes the cell 0 for the last one
    "from-0",  # counts the cells from 0
    "by-columns",  # shows the board by columns, not by rows
    "moved-to-one",  # tells a move only to its player
    "old-board",  # tells the board before the move
    "all-x",  # draws an X for both
    "row-unnoticed",  # the last one
    "column-unnoticed",  # the last one
    "diagonal-unnoticed",  # from 3 to 7
    "other-wins",
    "winner-unnamed",
    "draw-first",  # a win with the ninth move is a draw
    "draw-untold",
    "end-to-winner",  # the other is not told
    "no-game-end",
    "stays-open",  # does not close after the game
    "leaver-hangs",  # does not tell that the opponent has left
    "leaver-wins",
)
LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]
UNNOTICED = {"row-unnoticed": (6, 7, 8), "column-unnoticed": (2, 5, 8),
             "diagonal-unnoticed": (2, 4, 6)}


class Tictactoe(Server):
    take = staticmethod(line)
    pauses = True

    def __init__(self):
        super().__init__()
        self.waiting = []
        self.games = 0

    def joined(self, peer):
        peer.name = None
        peer.game = None

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
        taken = name in [other.name for other in self.peers] and not broken("taken-name")
        if taken or not re.fullmatch("[^ @]{1,32}", name) or name in ("draw", "abandoned"):
            return self.tell(peer, "error: choose another name")
        peer.name = name
        if not broken("no-welcome"):
            self.tell(peer, "Welcome" if broken("welcome-bare") else "Welcome " + name)
        self.waiting.append(peer)
        return self.pair()

    def pair(self):
        if broken("third-joins") and self.games and self.waiting:
            watcher = self.waiting.pop()
            game = next((other.game for other in self.peers if other.game), None)
            if game:
                game.watchers.append(watcher)
        if len(self.waiting) < 2 or broken("one-game") and self.games:
            return
        players = [self.waiting.pop(0), self.waiting.pop(0)]
        self.games += 1
        identity = 1 if broken("same-id") else self.games - broken("id-from-0")
        Game(self, identity, players).begin()

    def left(self, peer):
        if peer in self.waiting and not broken("gone-are-paired"):
            self.waiting.remove(peer)
        if peer.game is not None:
            peer.game.abandon(peer)


class Game:
    def __init__(self, server, identity, players):
        self.server = server
        self.identity = identity
        self.players = players
        self.watchers = []
        self.board = ["."] * 9
        self.turn = 1 if broken("o-begins") else 0
        self.moves = 0
        self.over = False
        for player in players:
            player.game = self

    def begin(self):
        names = [player.name for player in self.players]
        if broken("names-exchanged"):
            names.reverse()
        if not broken("no-init"):
            self.tell_all("init@%d %s %s" % (self.identity, *names))
        self.ask()

    def tell_all(self, *lines):
        for player in self.players + self.watchers:
            self.server.tell(player, *lines)

    def ask(self):
        if not broken("move-unasked"):
            self.server.tell(self.players[self.turn], "move " + self.shown())

    def shown(self):
        order = (0, 3, 6, 1, 4, 7, 2, 5, 8) if broken("by-columns") else range(9)
        board = "".join(self.board[cell] for cell in order)
        return board.replace("O", "X") if broken("all-x") else board

    def move(self, player, words):
        if self.over or player is not self.players[self.turn] and not broken("turn-open"):
            return self.server.tell(player, "invalid not your turn")
        cell = self.cell(words)
        if cell is None:
            return self.refuse("invalid a move is a cell from 1 to 9")
        if self.board[cell] != ".":
            if broken("occupied-kills"):
                raise IndexError(cell)
            if not broken("occupied-allowed"):
                return self.refuse("invalid cell %s is taken" % words)
        before = self.shown()
        self.board[cell] = "XO"[self.turn]
        self.moves += 1
        moved = "moved %s %s %s" % (player.name, words, self.shown())
        if broken("old-board"):
            moved = "moved %s %s %s" % (player.name, words, before)
        if broken("moved-to-one"):
            self.server.tell(player, moved)
        else:
            self.tell_all(moved)
        return self.go_on(player)

    def cell(self, words):
        if broken("0-is-9") and words == "0":
            return 8
        first = 0 if broken("from-0") else 1
        if not re.fullmatch("[0-9]", words) or not first <= int(words) <= first + 8:
            return None
        return int(words) - first

    def refuse(self, reason):
        self.server.tell(self.players[self.turn], reason)
        if broken("invalid-loses-turn"):
            self.turn = 1 - self.turn
        if not broken("no-second-ask"):
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
        rows = [row for row in LINES if not any(broken(name) and row == UNNOTICED[name]
                                                for name in UNNOTICED)]
        return any(self.board[a] == self.board[b] == self.board[c] != "." for a, b, c in rows)

    def end(self, result, player):
        self.over = True
        untold = broken("no-game-end") or broken("draw-untold") and result == "draw"
        words = "GameEnd" if broken("winner-unnamed") else "GameEnd " + result
        hearers = [player] if broken("end-to-winner") else self.players + self.watchers
        for hearer in [] if untold else hearers:
            self.server.tell(hearer, words)
        for hearer in [] if broken("stays-open") else self.players:
            self.server.end(hearer)

    def abandon(self, leaver):
        if self.over or broken("leaver-hangs"):
            return
        other = self.players[1 - self.players.index(leaver)]
        self.over = True
        self.server.tell(other, "GameEnd " + (other.name if broken("leaver-wins") else "abandoned"))
        self.server.end(other)


serve(Tictactoe, FAULTS)
