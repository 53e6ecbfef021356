/// A message of the tictactoe server. A player sends only a name, and then cells as `1` to `9`.
///
/// Source: Programming 2, Networking with Python, Task 5.3.
public enum TictactoeMessage: Sendable, Equatable, CustomStringConvertible {
    /// The name is good.
    case welcome(name: String)
    /// The name is not good; the player may try another.
    case error(String)
    /// A game begins; X has the first move.
    case start(game: Int, x: String, o: String)
    /// It is the receiver's turn.
    case move(board: String)
    /// Somebody has taken a cell, 1 to 9.
    case moved(name: String, cell: Int, board: String)
    /// The message was no move, or came out of turn.
    case invalid(String)
    /// The game is over: the winner's name, `draw` or `abandoned`.
    case end(String)

    /// The line as it is sent.
    public var description: String {
        switch self {
        case .welcome(let name): "Welcome \(name)"
        case .error(let problem): "error: \(problem)"
        case .start(let game, let x, let o): "init@\(game) \(x) \(o)"
        case .move(let board): "move \(board)"
        case .moved(let name, let cell, let board): "moved \(name) \(cell) \(board)"
        case .invalid(let reason): "invalid \(reason)"
        case .end(let result): "GameEnd \(result)"
        }
    }

    /// Reads a line.
    ///
    /// - Throws: `ProtocolError` if no tictactoe server sends such a line.
    public init(_ line: String) throws(ProtocolError) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let rest = words.dropFirst().joined(separator: " ")
        switch (words[0], words.count) {
        case ("Welcome", 2): self = .welcome(name: words[1])
        case ("error:", 2...): self = .error(rest)
        case (let word, 3) where word.hasPrefix("init@"):
            guard let game = Int(word.dropFirst(5)) else { throw Self.unknown(line) }
            self = .start(game: game, x: words[1], o: words[2])
        case ("move", 2) where Self.isBoard(words[1]): self = .move(board: words[1])
        case ("moved", 4) where Self.isBoard(words[3]):
            guard let cell = Int(words[2]), (1...9).contains(cell) else {
                throw Self.unknown(line)
            }
            self = .moved(name: words[1], cell: cell, board: words[3])
        case ("invalid", 2...): self = .invalid(rest)
        case ("GameEnd", 2): self = .end(words[1])
        default: throw Self.unknown(line)
        }
    }

    private static func isBoard(_ text: String) -> Bool {
        text.utf8.count == 9 && text.utf8.allSatisfy("XO.".utf8.contains)
    }

    private static func unknown(_ line: String) -> ProtocolError {
        ProtocolError("'\(line.escaped)' is no message of a tictactoe server")
    }
}
