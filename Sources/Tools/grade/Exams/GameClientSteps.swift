import Conversations
import Sockets

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
            for turn in 0..<count {
                let text = try play.takeTurn(turn, game, talk)
                guard text.isTwice else { continue }
                throw Miss(wanted: "\(talk.turns[turn]), once", got: text.shownLine)
            }
        }
    }

    /// The second turn, which the server asks for a byte at a time: what came before was lines.
    static func takesTurnInPieces(_ game: GameClient) -> Step {
        Step("the server's second text comes a byte at a time, and the user types a turn") {
            play throws(Miss) in
            let talk = game.talks[play[GameClientForm.self].talk ?? 0]
            try play.enterGame(game, talk)
            _ = try play.takeTurn(0, game, talk)
            _ = try play.takeTurn(1, game, talk, isCut: true)
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
    func enterGame(_ game: GameClient, _ talk: GameTalk) throws(Miss) {
        startOver()
        try joinGame(game, talk)
        var text = ""
        for reply in talk.welcome {
            text += try hear(game.entryWords, on: "A") { text, _ in
                text.hasWords ? (String(text), text.endIndex) : nil
            }
            try tell([reply])
        }
        if let isEntry = game.isEntry {
            text += try hear(game.entryWords, on: "A") { rest, _ in
                isEntry(text + rest) ? (String(rest), rest.endIndex) : nil
            }
        } else {
            _ = try speaks("A")
        }
        try waitUntilIdle("A")
        text += try waitingText(on: "A")
        let isBytes = text.hasPrefix("b'") || text.hasPrefix("b\"")
        guard isBytes || text.isTwice else { return }
        throw Miss(
            wanted: game.entryWords, got: text.shownLine,
            cause: isBytes
                ? "it is what Python shows of bytes, b'…': decode() makes a text of them"
                : "it is sent twice")
    }

    /// The server speaks; each text is read before the next one comes.
    fileprivate func tell(_ texts: [String], isCut: Bool = false) throws(Miss) {
        for text in texts {
            let bytes = Array(text.utf8)
            let sizes = isCut ? bytes.dropLast().map { _ in 1 } : []
            try send(bytes, text.shownLine, on: "A", cutInto: sizes)
            try waitUntilIdle("A")
        }
    }

    /// It is the user's turn: what is typed then arrives.
    ///
    /// - Returns: What the client has sent.
    fileprivate func takeTurn(
        _ turn: Int, _ game: GameClient, _ talk: GameTalk, isCut: Bool = false
    ) throws(Miss) -> String {
        _ = try hearRest(on: "A")
        try tell(talk.said[turn], isCut: isCut)
        let typed = talk.turns[turn]
        try Step.types(typed + "\n", at: "A").perform(self)
        let text = try hear("\(typed), which the user has typed", on: "A") { text, _ in
            game.isTurn(String(text), typed) ? (String(text), text.endIndex) : nil
        }
        return try text + hearRest(on: "A")
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
                let turn = try takeTurn(0, game, talk)
                hasEntered = true
                let shows = try isShown(game)
                if form.talk == nil || shows {
                    let hasLines = talk.hasLines && turn.last?.isNewline == true
                    form = GameClientForm(talk: index, shows: shows, hasLines: hasLines)
                }
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

extension String {
    /// Whether its lines are the same ones twice.
    fileprivate var isTwice: Bool {
        let lines = split(whereSeparator: \.isNewline)
        let half = lines.count / 2
        return half > 0 && lines.count == 2 * half && lines.prefix(half) == lines.suffix(half)
    }
}
