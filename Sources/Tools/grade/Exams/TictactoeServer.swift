import Conversations
import Sockets

extension Exam {
    static let tictactoeServer = Exam(
        "tictactoe-server", width: 10,
        [
            Case(
                "start.listen", .sheet, 5, "Client connects to server and sends its name",
                [.starts, .connects("A")]),
            Case(
                "welcome", .sheet, 12, "Server responds with “Welcome Name”",
                needs: ["start.listen"], [.findsWelcome]),
            Case(
                "init", .sheet, 12, "Server sends “init”@ gameid and name of players",
                needs: ["welcome"], [.starts, .enterBoth]),
            Case(
                "form", .sheet, 8, "Server requests each player in turn – to make a move",
                needs: ["init"], [.findsCells]),
            Case(
                "turns", .sheet, 8, "Server requests each player in turn – to make a move",
                needs: ["form"], [.starts, .begins(), .moves(4, 0, 8, 2, 5, 3)]),
            Case(
                "win.row", .sheet, 6,
                "Server checks the status of the game and determines the winner",
                needs: ["form"],
                [
                    .wins([0, 3, 1, 4], with: 2), .wins([3, 0, 4, 1], with: 5),
                    .wins([8, 0, 7, 1], with: 6),
                ]),
            Case(
                "win.column", .sheet, 6,
                "Server checks the status of the game and determines the winner", needs: ["form"],
                [
                    .wins([0, 1, 3, 4], with: 6), .wins([7, 0, 4, 3], with: 1),
                    .wins([2, 0, 5, 3], with: 8),
                ]),
            Case(
                "win.diagonal", .sheet, 6,
                "Server checks the status of the game and determines the winner", needs: ["form"],
                [.wins([0, 1, 4, 2], with: 8), .wins([2, 0, 4, 1], with: 6)]),
            Case(
                "win.second", .sheet, 6,
                "Server checks the status of the game and determines the winner", needs: ["form"],
                [.wins([0, 2, 1, 5, 3], with: 8)]),
            Case(
                "win.last", .sheet, 4,
                "Server checks the status of the game and determines the winner", needs: ["form"],
                [.wins([0, 1, 4, 2, 5, 3, 7, 6], with: 8)]),
            Case(
                "draw", .sheet, 5, "Server sends “GameEnd” message", needs: ["form"],
                [.starts, .begins(), .moves(0, 1, 2, 4, 3, 5, 7, 6), .endsInDraw(8)]),
            Case(
                "foul", .sheet, 6, "use it on the server side to manage the game logic",
                needs: ["form"], [.starts, .begins(), .moves(0, 2, 1, 4), .foul(2, then: 8)]),
            Case(
                "third", .sheet, 3,
                "Assume we have a server that allows two players to play tic-tac-toe against each "
                    + "other.",
                needs: ["win.row"],
                [
                    .starts, .begins(), .moves(0), .enters("C"), .moves(3, 1, 4), .lastMove(2),
                    .isInNoGame("C"),
                ]),
            Case(
                "leave.turn", .network, 2,
                "A player may be gone: who plays against it must not wait for ever",
                needs: ["form"], [.starts, .begins(), .moves(0, 4), .moverLeaves(.leaving)]),
            Case(
                "leave.reset", .network, 1, "A player may be gone by a reset (RFC 9293, 3.5.2)",
                needs: ["form"], [.starts, .begins(), .moves(0, 4), .moverLeaves(.resetting)]),
            Case(
                "leave.other", .network, 1,
                "A player may be gone while the other one has the turn", needs: ["form"],
                [.starts, .begins(), .moves(0, 4), .otherLeaves(thenCell: 8)]),
            Case(
                "many.silent", .network, 1, "A client that says nothing keeps nobody waiting",
                needs: ["init"], [.starts, .enterAround("C")]),
            .split(1, [.starts, .begins(), .moves(0, 4, 8)]),
            .bytes(1, [.starts, .begins(), .moves(0, 4, 8)]),
        ]
            + ProcessCases.server(
                begin: [.starts, .begins(), .moves(0)], again: [.begins()], clients: ["A", "B"],
                points: [
                    "idle": 1, "restart": 1, "stop": 1, "behind": 1, "port.taken": 1,
                    "no.arguments": 1,
                ]))
}

extension Step {
    /// Two clients come, and get the beginning of their game.
    fileprivate static let enterBoth = Step(
        "A and B connect, send their names, are welcomed and get init@"
    ) { play throws(Miss) in
        try play.beginTictactoe()
    }

    /// The same, with a client between them that says nothing.
    fileprivate static func enterAround(_ client: String) -> Step {
        Step("A enters, \(client) connects and says nothing, B enters: A and B get init@") {
            play throws(Miss) in
            try play.beginTictactoe(around: client)
        }
    }

    /// Two clients come, and one of them is asked for a move.
    fileprivate static func begins() -> Step {
        Step("A and B enter, get init@, and one is asked for a move") { play throws(Miss) in
            try play.beginTictactoe()
            try play.findWhoMoves()
        }
    }

    /// The players make these moves in turn, and the game goes on.
    fileprivate static func moves(_ cells: Int...) -> Step {
        Step("the moves \(cells.moves): each time the other one is asked") { play throws(Miss) in
            for cell in cells { try play.makeMove(cell) }
        }
    }

    /// A game of its own that its last move wins.
    fileprivate static func wins(_ cells: [Int], with last: Int) -> Step {
        Step("a new game: \(cells.moves), and \(last + 1) wins: GameEnd") { play throws(Miss) in
            play.startOver()
            try play.startServer()
            try play.beginTictactoe()
            try play.findWhoMoves()
            for cell in cells { try play.makeMove(cell) }
            try play.makeLastMove(last)
        }
    }

    /// A move that wins.
    fileprivate static func lastMove(_ cell: Int) -> Step {
        Step("the move \(cell + 1) wins: GameEnd") { play throws(Miss) in
            try play.makeLastMove(cell)
        }
    }

    fileprivate static func endsInDraw(_ cell: Int) -> Step {
        Step("the last cell, \(cell + 1), wins for nobody: GameEnd") { play throws(Miss) in
            try play.sendMove(cell)
            let game = play[TictactoeGame.self]
            for client in game.players {
                let text = try play.expectGameEnd(on: client)
                let named = game.players.filter { text.contains(Play.player($0)) }
                guard named.count == 1, !text.mentions(["draw", "tie", "nobody", "no ", "none"])
                else { continue }
                throw Miss(wanted: "GameEnd without a winner", got: text.shownLine)
            }
        }
    }

    /// A cell that the other player has: it must not win.
    fileprivate static func foul(_ cell: Int, then legal: Int) -> Step {
        Step("the move \(cell + 1) to a cell of the other's does not win") { play throws(Miss) in
            try play.makeFoul(cell, then: legal)
        }
    }

    /// A third client connects and sends its name.
    fileprivate static func enters(_ client: String) -> Step {
        Step("\(client) connects and sends its name") { play throws(Miss) in
            try play.connect(client)
            try play.say(Play.player(client), on: client)
        }
    }

    fileprivate static func isInNoGame(_ client: String) -> Step {
        Step("\(client) was not told that its game begins") { play throws(Miss) in
            let text = try play.waitingText(on: client)
            guard text.contains("init"), text.contains("@") else { return }
            throw Miss(wanted: "\(client) waits for a second player", got: text.shownLine)
        }
    }

    fileprivate enum Way: Sendable { case leaving, resetting }

    /// The player whose turn it is leaves.
    fileprivate static func moverLeaves(_ way: Way) -> Step {
        Step("the player in turn is gone: the other one hears of it") { play throws(Miss) in
            let game = play[TictactoeGame.self]
            try play.takeText(on: game.other)
            try (way == .leaving ? Step.leaves(game.mover) : .resets(game.mover)).perform(play)
            try play.expectNews(on: game.other)
        }
    }

    /// The other player leaves; the one in turn moves, as it was asked to.
    fileprivate static func otherLeaves(thenCell cell: Int) -> Step {
        Step("the other player is gone: the one in turn moves and hears of it") {
            play throws(Miss) in
            let game = play[TictactoeGame.self]
            try play.takeText(on: game.mover)
            try Step.leaves(game.other).perform(play)
            // A server that knows already may have closed the connection.
            try? play.say(play[TictactoeForm.self].text(cell), on: game.mover)
            try play.expectNews(on: game.mover)
        }
    }

    /// Finds out whether names and moves are lines.
    fileprivate static let findsWelcome = Step("A and B send their names and are welcomed") {
        play throws(Miss) in
        try play.findTextForm { () throws(Miss) in
            try play.startServer()
            let welcome = try play.bringPlayers()
            // The last text tells more, since the one before may begin the next one with a line end.
            try? play.findWhoMoves()
            return Array(try play.lastText(after: welcome).utf8)
        }
    }

    /// Finds out how cells are written.
    fileprivate static let findsCells = Step("the player in turn moves, in the forms that occur") {
        play throws(Miss) in
        var candidates = TictactoeForm.candidates
        if let turn = play.contest.turn { candidates = [(words: turn, turn: turn)] }
        for cells in candidates {
            play[TictactoeForm.self].cells = cells
            if try play.triesCells() {
                play.findings.words.append(cells.words)
                return
            }
        }
        throw Miss(
            wanted: "a move is taken, and the other player is asked",
            got: "none of these is taken: " + candidates.map { $0.words }.joined(separator: "; "),
            .silence, cause: "if moves have another form, --turn tells it: --turn '{row}/{column}'")
    }
}

extension [Int] {
    /// Cells as people count them.
    fileprivate var moves: String { map { "\($0 + 1)" }.joined(separator: " ") }
}

extension String {
    var shownLine: String { "\"\(prefix(100).description.escaped)\"" }
}
