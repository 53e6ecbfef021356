import Conversations
import Sockets

/// How one server of a game talks, where the sheet leaves the form of its texts open. A client knows
/// only the form of its own server.
struct GameTalk: Sendable {
    /// The form for the report.
    let words: String
    /// What the user types at the start, if it is something else than in the other forms.
    var typed: [String]?
    /// The replies to the client's first messages, before its entry is whole.
    var welcome: [String] = []
    /// What the user types at each turn.
    let turns: [String]
    /// What the server says before the first turn, before the second one, and at the end.
    let said: [[String]]
}

/// How a client of a game is judged: what its user types must arrive, whatever the form.
struct GameClient: Sendable {
    /// What stands for the placeholders: a client may take its name and its turns as arguments.
    let values: [String: String]
    /// What the user types at the start, where the client gets no such arguments.
    let typed: [String]
    let talks: [GameTalk]
    let entryWords: String
    /// Whether what has come is the client's whole entry; `nil` if it need not say anything.
    let isEntry: (@Sendable (String) -> Bool)?
    /// Whether a text of the client's tells the turn that the user has typed.
    let isTurn: @Sendable (_ text: String, _ typed: String) -> Bool
    /// Words of the first turn of which a client shows at least one.
    var shown: [String] = []

    /// The cases that follow from the network, the same for each game.
    var network: [Case] {
        let begins = Step("client A starts, connects and enters") { play throws(Miss) in
            try play.enterGame(self, talks[play[GameClientForm.self].talk ?? 0])
        }
        let typed = typed.map { "\($0)\n" }.joined()
        return [
            Case(
                "server.ends", .network, 10, "A client whose server is gone ends by itself",
                needs: ["form"], [begins, .leaves("A"), .exits("A")])
        ]
            + ClientCases.all(
                Service(
                    values: values, typed: typed, begin: { _ in [] }, reply: { _, _ in ("", []) },
                    understood: { _ in [] }), network: ["server.missing": 10])
            + [
                Case(
                    "behind", .network, 5, "A program that has ended leaves no process behind",
                    needs: ["form"], [begins, .leaves("A"), .leavesNothing("A")])
            ]
    }
}

/// The form of a client's server, if it is one that is known.
struct GameClientForm: Finding {
    var talk: Int?
    /// It has shown something of the first turn, as far as that was looked at.
    var shows = true

    static let unknown: @Sendable (Findings) -> String? = { findings in
        findings[GameClientForm.self].talk == nil
            ? "the form of its server's texts is not known" : nil
    }
}

extension Step {
    /// The client starts, its user types what it may ask for, and it connects.
    static func joins(_ game: GameClient) -> Step {
        Step("client A starts, and connects") { play throws(Miss) in
            try play.joinGame(game, game.talks[0])
        }
    }

    /// Finds out the form of the client's server.
    static func findsTalk(_ game: GameClient) -> Step {
        Step("A sends \(game.entryWords), and hears a server in the forms that occur") {
            play throws(Miss) in
            try play.findTalk(game)
        }
    }

    /// So many turns that the user types.
    static func takesTurns(_ game: GameClient, _ count: Int) -> Step {
        Step("the user types \(count == 1 ? "a turn" : "\(count) turns"): the client sends it") {
            play throws(Miss) in
            let talk = game.talks[play[GameClientForm.self].talk ?? 0]
            try play.enterGame(game, talk)
            for turn in 0..<count { try play.takeTurn(turn, game, talk) }
        }
    }

    /// The server ends the game.
    static func hearsEnd(_ game: GameClient) -> Step {
        Step("the server says the end: the client shows something, or ends") {
            play throws(Miss) in
            let talk = game.talks[play[GameClientForm.self].talk ?? 0]
            try play.waitUntilIdle("A")
            let program = try play.program("A")
            let before = program.output.utf8.count
            try play.tell(talk.said[2])
            let isShown = program.waitForOutput(within: play.patience) {
                $0.utf8.count > before
            }
            guard !isShown, program.waitForEnd(within: play.patience) == nil else { return }
            throw Miss(wanted: "it shows something, or ends", got: "neither", .silence)
        }
    }

    /// The first turn was shown.
    static func hasShown(_ game: GameClient) -> Step {
        Step("the client shows what it was sent") { play throws(Miss) in
            guard !play[GameClientForm.self].shows else { return }
            try Step.takesTurns(game, 1).perform(play)
            throw Miss(
                wanted: "some of this on its screen: " + game.shown.joined(separator: ", "),
                got: "it shows \(try play.program("A").lastOutput)")
        }
    }
}

extension Play {
    fileprivate func joinGame(_ game: GameClient, _ talk: GameTalk) throws(Miss) {
        try startClient("A", game.values)
        let isGiven = contest.command.contains { $0.contains("{name}") || $0.contains("{text}") }
        let lines = isGiven ? [] : talk.typed ?? game.typed
        for line in lines { try Step.types(line + "\n", at: "A").perform(self) }
        try accept("A")
    }

    /// The client starts, connects, and sends its entry.
    fileprivate func enterGame(_ game: GameClient, _ talk: GameTalk) throws(Miss) {
        startOver()
        try joinGame(game, talk)
        var text = ""
        for reply in talk.welcome {
            text += try hear(game.entryWords, on: "A") { text, _ in
                text.hasWords ? (String(text), text.endIndex) : nil
            }
            try tell([reply])
        }
        guard let isEntry = game.isEntry else { return _ = try speaks("A") }
        _ = try hear(game.entryWords, on: "A") { rest, _ in
            isEntry(text + rest) ? ((), rest.endIndex) : nil
        }
    }

    /// The server speaks; each text is read before the next one comes.
    fileprivate func tell(_ texts: [String]) throws(Miss) {
        for text in texts {
            try send(Array(text.utf8), text.shownLine, on: "A")
            try waitUntilIdle("A")
        }
    }

    /// It is the user's turn: what is typed then arrives.
    fileprivate func takeTurn(
        _ turn: Int, _ game: GameClient, _ talk: GameTalk
    ) throws(Miss) {
        _ = try hearRest(on: "A")
        try tell(talk.said[turn])
        let typed = talk.turns[turn]
        try Step.types(typed + "\n", at: "A").perform(self)
        try hear("\(typed), which the user has typed", on: "A") { text, _ in
            game.isTurn(String(text), typed) ? ((), text.endIndex) : nil
        }
    }

    fileprivate func findTalk(_ game: GameClient) throws(Miss) {
        var first: Miss?
        var hasEntered = false
        var form = GameClientForm()
        for (index, talk) in game.talks.enumerated() {
            // What was not sent before will not be sent now, unless the user types something else.
            if index > 0, !hasEntered, talk.typed == nil { continue }
            do throws(Miss) {
                try enterGame(game, talk)
                let text = try waitingText(on: "A")
                if game.isEntry != nil || text.hasWords { hasEntered = true }
                try takeTurn(0, game, talk)
                hasEntered = true
                let shows = try isShown(game)
                if form.talk == nil || shows { form = GameClientForm(talk: index, shows: shows) }
                if shows { break }
            } catch {
                if error.isJudges { throw error }
                first = first ?? error
            }
        }
        if !hasEntered, let first { throw first }
        self[GameClientForm.self] = form
        findings.words = [
            form.talk.map { "its server says \(game.talks[$0].words)" }
                ?? "the form of its server is not known"
        ]
    }

    private func isShown(_ game: GameClient) throws(Miss) -> Bool {
        guard !game.shown.isEmpty else { return true }
        return try program("A").waitForOutput(within: patience / 2) { output in
            game.shown.contains { output.contains($0) }
        }
    }
}
