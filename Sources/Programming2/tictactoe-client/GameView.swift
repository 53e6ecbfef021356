import Protocol

/// The game as a player sees it, in lines.
struct GameView {
    /// The name of the player, or `an opponent`, that this player waits for.
    private(set) var awaited = "an opponent"

    private var ownName = ""
    /// The board that was drawn last: the same board is not drawn again.
    private var drawn = ""

    /// The lines for a message of the server, with the board if it has changed.
    mutating func lines(for message: TictactoeMessage) -> [String] {
        switch message {
        case .welcome(let name): ownName = name
        case .start(_, let x, let o): awaited = (x == ownName ? o : x).escaped
        default: break
        }
        return switch message {
        case .start(let game, let x, let o):
            ["Game \(game): \(x.escaped) (X) against \(o.escaped) (O)"]
        case .move(let board): rows(of: board)
        case .moved(let name, let cell, let board):
            ["\(name.escaped) takes \(cell)"] + rows(of: board)
        case .end("draw"): ["Nobody has won"]
        case .end("abandoned"): ["The game is over: a player has left"]
        case .end(let winner): ["\(winner.escaped) has won"]
        case .welcome, .error, .invalid: [message.description.escaped]
        }
    }

    /// Three rows; the free cells show their numbers.
    private mutating func rows(of board: String) -> [String] {
        guard board != drawn else { return [] }
        drawn = board
        let cells = zip(1...9, board).map { $1 == "." ? "\($0)" : "\($1)" }
        return [0, 3, 6].map { cells[$0..<$0 + 3].joined(separator: " | ") }
    }
}
