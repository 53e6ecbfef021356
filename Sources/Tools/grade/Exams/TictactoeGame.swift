import Sockets

/// How a program writes the cells of tic-tac-toe.
struct TictactoeForm: Finding {
    /// The words of the report, and the text of a move with its placeholders: `{cell}` and
    /// `{cell0}` count from 1 and from 0, `{row}`, `{column}`, `{row0}`, `{column0}` likewise.
    var cells: (words: String, turn: String) = TictactoeForm.candidates[0]

    static let candidates: [(words: String, turn: String)] = [
        ("cells 1 to 9", "{cell}"), ("cells 0 to 8", "{cell0}"),
        ("row,column from 0", "{row0},{column0}"), ("row,column from 1", "{row},{column}"),
        ("row column from 0", "{row0} {column0}"), ("row column from 1", "{row} {column}"),
        ("row and column from 0, glued", "{row0}{column0}"),
        ("move@cell", "move@{cell}"), ("move cell", "move {cell}"),
    ]

    /// A move to a cell from 0 to 8.
    func text(_ cell: Int) -> String {
        let values = [
            "cell": cell + 1, "cell0": cell, "row": cell / 3 + 1, "column": cell % 3 + 1,
            "row0": cell / 3, "column0": cell % 3,
        ]
        return values.reduce(cells.turn) { $0.replacing("{\($1.key)}", with: "\($1.value)") }
    }

    /// A cell that each other way to count reads as another one, or not at all: the last cell where
    /// they count from 1, the first one where they count from 0.
    var tellingCell: Int { cells.turn.contains("0}") ? 0 : 8 }
}

/// A game under way: whose turn it is.
struct TictactoeGame: Memory {
    /// The judge's two clients, in the order in which they connected.
    var players = ["A", "B"]
    var mover = "A"

    var other: String { players.first { $0 != mover } ?? "" }
}

extension Play {
    /// The names under which the judge's clients play.
    static func player(_ client: String) -> String {
        ["A": "Alba", "B": "Bruno", "C": "Carla", "D": "Dario"][client] ?? client
    }

    /// Two clients enter and are welcomed; a third one connects between them and says nothing.
    ///
    /// - Returns: What the last of them was told.
    @discardableResult
    func bringPlayers(around silent: String? = nil) throws(Miss) -> String {
        for client in ["A", "B"] {
            if let silent, client == "B" { try connect(silent) }
            try connect(client)
            try say(Play.player(client), on: client)
            // The second to connect is the second to play.
            waitUntilRead(try peer(client))
        }
        // A server may welcome nobody before it has found two.
        _ = try expectWelcome("A")
        return try expectWelcome("B")
    }

    /// Two clients enter, are welcomed, and get the beginning of their game.
    func beginTictactoe(around silent: String? = nil) throws(Miss) {
        try bringPlayers(around: silent)
        for client in ["A", "B"] { try expectInit(client, "A", "B") }
        self[TictactoeGame.self] = TictactoeGame()
    }

    func expectWelcome(_ client: String) throws(Miss) -> String {
        let name = Play.player(client)
        return try hear("Welcome \(name)", on: client) { text, _ in
            guard let welcome = text.ranges(of: "Welcome").first else { return nil }
            // What follows tells the names, too.
            let rest = text[welcome.upperBound...]
            let next = rest.firstRange(of: "init")?.lowerBound ?? rest.endIndex
            guard let place = rest[..<next].firstRange(of: name) else { return nil }
            let end = text.lineEnd(from: place.upperBound)
            return (String(text[..<end]), end)
        }
    }

    /// `init@`, an id that is none of the names, and both names.
    private func expectInit(_ client: String, _ players: String...) throws(Miss) {
        let names = players.map(Play.player)
        let isWhole = try hear("init@ with a game id and both names", on: client) { text, _ in
            guard let start = text.firstRange(of: "init"),
                let at = text[start.upperBound...].firstRange(of: "@")
            else { return nil as (Bool, end: String.Index)? }
            let rest = text[at.upperBound...]
            let places = names.compactMap(rest.firstRange)
            guard places.count == names.count, let end = places.map(\.upperBound).max() else {
                return nil
            }
            // The id stands before the names; separators are free.
            let first = places.map(\.lowerBound).min() ?? end
            let id = rest[..<first]
            return (id.contains { $0.isLetter || $0.isNumber }, text.lineEnd(from: end))
        }
        guard isWhole else {
            throw Miss(wanted: "init@, a game id, both names", got: "no id between them")
        }
    }

    /// Waits until one of the players has been asked for a move, in any words.
    func findWhoMoves() throws(Miss) {
        let game = self[TictactoeGame.self]
        let end = deadline
        while Instant.now < end {
            var asked: [String] = []
            for client in game.players {
                let text = try waitingText(on: client)
                if text.hasWords, !text.mentions(["wait", "opponent", "not your"]) {
                    asked.append(client)
                }
            }
            var urged: [String] = []
            for client in asked
            where try waitingText(on: client).mentions(["your", "move", "turn"]) {
                urged.append(client)
            }
            if let client = urged.first ?? asked.first {
                if urged.isEmpty { _ = try whoHears(game.players, within: .milliseconds(300)) }
                self[TictactoeGame.self].mover = urged.first ?? client
                return
            }
            _ = try whoHears(game.players, within: .milliseconds(100))
        }
        throw Miss(
            wanted: "one of the two is asked for a move", got: "nothing behind init@", .silence)
    }

    /// What the player in turn was sent last.
    func lastText(after welcome: String) throws(Miss) -> String {
        let text = try waitingText(on: self[TictactoeGame.self].mover)
        return text.isEmpty ? welcome : text
    }

    /// The player whose turn it is sends a move.
    func sendMove(_ cell: Int) throws(Miss) {
        let game = self[TictactoeGame.self]
        try takeText(on: game.mover)
        try takeText(on: game.other)
        try say(self[TictactoeForm.self].text(cell), on: game.mover)
    }

    /// A move after which the game goes on: the other player is asked.
    func makeMove(_ cell: Int) throws(Miss) {
        try sendMove(cell)
        let game = self[TictactoeGame.self]
        try hear("\(game.other) is asked for a move", on: game.other) { text, _ in
            text.hasWords ? ((), text.startIndex) : nil
        }
        // All that is said about this move has come before the next one is made.
        try waitUntilIdle(game.mover, game.other)
        try checkGoesOn()
        self[TictactoeGame.self].mover = game.other
    }

    private func checkGoesOn() throws(Miss) {
        for client in self[TictactoeGame.self].players
        where try waitingText(on: client).contains("GameEnd") {
            throw Miss(wanted: "the game goes on", got: "GameEnd")
        }
    }

    /// A move that wins: both hear of it, and nothing names the loser as the winner.
    func makeLastMove(_ cell: Int) throws(Miss) {
        try sendMove(cell)
        let game = self[TictactoeGame.self]
        let (winner, loser) = (Play.player(game.mover), Play.player(game.other))
        for client in game.players {
            let text = try expectGameEnd(on: client)
            guard !text.contains(winner), !text.mentions(["los", "beat", "defeat", "lead"]),
                text.contains(loser) || text.mentions(["draw", "tie"])
            else { continue }
            throw Miss(wanted: "GameEnd, and \(winner) has won", got: text.shownLine)
        }
    }

    /// A move to a cell of the other's, and then a legal one: the first does not win.
    func makeFoul(_ cell: Int, then legal: Int) throws(Miss) {
        try sendMove(cell)
        let game = self[TictactoeGame.self]
        guard try whoHears([game.other, game.mover], within: patience) != nil else {
            throw Miss(wanted: "an answer to the foul move", got: "nothing", .silence)
        }
        if try !waitingText(on: game.other).hasWords, try peer(game.mover).ending == nil {
            try sendMove(legal)
        }
        let text = try hear("\(game.other) is asked, or told the end", on: game.other) { text, _ in
            text.hasWords ? (String(text), text.endIndex) : nil
        }
        let winner = Play.player(game.mover)
        guard text.contains("GameEnd"), text.contains(winner),
            !text.contains(Play.player(game.other))
        else { return }
        throw Miss(wanted: "the foul move does not win", got: text.shownLine)
    }

    /// One whose opponent is gone hears something, or sees the end of the stream.
    func expectNews(on client: String) throws(Miss) {
        try hear("\(client) is told that its game is over", on: client) { text, hasEnded in
            text.hasWords || hasEnded ? ((), text.endIndex) : nil
        }
    }

    /// Whether a move in the form of now is taken: the other player is asked then.
    func triesCells() throws(Miss) -> Bool {
        var guess: String?
        for isSwapped in [false, true] {
            startOver()
            try startServer()
            try beginTictactoe()
            try findWhoMoves()
            guess = guess ?? self[TictactoeGame.self].mover
            if isSwapped { self[TictactoeGame.self].mover = guess == "A" ? "B" : "A" }
            let form = self[TictactoeForm.self]
            try sendMove(form.tellingCell)
            let game = self[TictactoeGame.self]
            // Whoever gets an error is the player in turn; if nobody gets anything, it is the other.
            guard let first = try whoHears(game.players, within: patience / 2) else { continue }
            if first == game.mover { _ = try whoHears([game.other], within: patience / 3) }
            let text = try waitingText(on: game.other)
            return text.hasWords && !text.contains("GameEnd")
        }
        return false
    }

    /// `GameEnd`, and what has come behind it.
    func expectGameEnd(on client: String) throws(Miss) -> String {
        try hear("GameEnd", on: client) { text, _ in
            text.firstRange(of: "GameEnd").map { (String(text[$0.lowerBound...]), text.endIndex) }
        }
    }
}

extension Substring {
    /// The place behind the line end that stands here, or here.
    fileprivate func lineEnd(from place: Index) -> Index {
        var end = place
        while end < endIndex, !self[end].isLetter, !self[end].isNumber, !self[end].isNewline {
            end = index(after: end)
        }
        return end < endIndex && self[end].isNewline ? index(after: end) : place
    }
}
