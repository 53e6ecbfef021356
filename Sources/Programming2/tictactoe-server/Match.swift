import Protocol

/// A player; the program knows each by a number.
struct Player: Equatable {
    let id: Int
    let name: String
}

/// A message to one player.
struct Notice: Equatable {
    let receiver: Int
    let message: TictactoeMessage

    init(_ receiver: Player, _ message: TictactoeMessage) {
        self.receiver = receiver.id
        self.message = message
    }
}

/// A game between two players, from `init` to `GameEnd`.
struct Match {
    /// X and O; X begins.
    let players: [Player]
    /// Whether a player has won, or the board is full.
    var isOver: Bool { board.winner != nil || board.isFull }

    private var board = Board()
    private var isTurnOfO = false

    init(x: Player, o: Player) { players = [x, o] }

    private var mover: Player { players[isTurnOfO ? 1 : 0] }

    /// Tells both that the game begins, and asks for the first move.
    func begin(as game: Int) -> [Notice] {
        tellBoth(.start(game: game, x: players[0].name, o: players[1].name)) + [askForMove]
    }

    /// Takes a player's message as a move, if it is one and comes in turn.
    mutating func take(_ text: String, from id: Int) -> [Notice] {
        guard id == mover.id else {
            return players.filter { $0.id == id }.map { Notice($0, .notYourTurn) }
        }
        guard let cell = Int(text), text == "\(cell)", (1...9).contains(cell) else {
            return [Notice(mover, .invalid("a move is a cell from 1 to 9")), askForMove]
        }
        guard board[cell] == nil else {
            return [Notice(mover, .invalid("cell \(cell) is taken")), askForMove]
        }
        board[cell] = isTurnOfO ? .o : .x
        let news = tellBoth(.moved(name: mover.name, cell: cell, board: board.description))
        // Only the player that has just moved can have won.
        if board.winner != nil { return news + tellBoth(.end(mover.name)) }
        if board.isFull { return news + tellBoth(.end("draw")) }
        isTurnOfO.toggle()
        return news + [askForMove]
    }

    /// Ends the game because a player has left.
    func abandon() -> [Notice] { tellBoth(.end("abandoned")) }

    private var askForMove: Notice { Notice(mover, .move(board: board.description)) }

    private func tellBoth(_ message: TictactoeMessage) -> [Notice] {
        players.map { Notice($0, message) }
    }
}

extension TictactoeMessage {
    /// The answer to a player that sends something unasked.
    static let notYourTurn = TictactoeMessage.invalid("not your turn")
}
