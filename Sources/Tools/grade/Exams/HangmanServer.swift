import Conversations
import Sockets

extension Exam {
    static let hangmanServer = Exam(
        "hangman-server", width: 10,
        [
            Case(
                "start.listen", .sheet, 8, "Clients connect to the server and request for a game",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 20,
                "The server responds with meta-data about the word to guess (length)",
                needs: ["start.listen"], [.findsHangmanForm]),
            Case(
                "answers", .sheet, 15, "The client guesses another character", needs: ["form"],
                [.starts, .beginsHangman("A"), .guesses("e", "t", "a", "o")]),
            Case(
                "positions", .sheet, 17,
                "The server responds with the position of the character in the word (if present)",
                needs: ["form"], [.starts, .checksPlaces(games: 3)]),
            Case(
                "end.lost", .sheet, 12, "The server responds with \"end\" of game signal",
                needs: ["answers"], [.starts, .beginsHangman("A"), .losesHangman]),
            Case(
                "end.won", .sheet, 8, "The server responds with \"end\" of game signal",
                needs: ["end.lost"], [.starts, .winsHangman(games: 8)]),
            Case(
                "next", .sheet, 6, "Clients connect to the server and request for a game",
                needs: ["end.lost"],
                [
                    .starts, .beginsHangman("A"), .losesHangman, .leaves("A"), .beginsHangman("B"),
                    .guesses("e", on: "B"),
                ]),
            Case(
                "leave.mid", .network, 2, "A client may be gone in the middle of a game",
                needs: ["form"],
                [
                    .starts, .beginsHangman("A"), .guesses("e"), .leaves("A"), .beginsHangman("B"),
                    .guesses("e", on: "B"),
                ]),
            Case(
                "leave.reset", .network, 2, "A client may be gone by a reset (RFC 9293, 3.5.2)",
                needs: ["form"],
                [
                    .starts, .beginsHangman("A"), .guesses("e"), .resets("A"), .beginsHangman("B"),
                    .guesses("e", on: "B"),
                ]),
            Case(
                "half.close", .network, 1,
                "A client that has ended its sending still reads (shutdown(2))", needs: ["form"],
                [.starts, .beginsHangman("A"), .endsSendingWithALetter("A")]),
            Case(
                "garbage", .network, 1,
                "Bytes that are no message are the trouble of their sender alone", needs: ["form"],
                [
                    .starts, .beginsHangman("A"),
                    .sends("A", "what is no letter", [0xFF, 0xFE, 0xC0, 0x80, 10]), .leaves("A"),
                    .beginsHangman("B"), .guesses("e", on: "B"),
                ]),
            .split(1, [.starts, .beginsHangman("A"), .guesses("e", "t")]),
            .bytes(1, [.starts, .beginsHangman("A"), .guesses("e", "t")]),
        ]
            + ProcessCases.server(
                begin: [.starts, .beginsHangman("A")], again: [.beginsHangman("A")],
                clients: ["A"],
                points: [
                    "idle": 1, "restart": 1, "stop": 1, "behind": 1, "port.taken": 1,
                    "no.arguments": 1,
                ])
            + hangmanPage)
}

extension Step {
    /// Finds out how a game is asked for, and how a letter is sent.
    fileprivate static let findsHangmanForm = Step(
        "A asks for a game and a letter, in the forms that occur"
    ) { play throws(Miss) in
        var requests = HangmanForm.requests
        if let entry = play.contest.entry { requests = [entry] }
        for request in requests {
            play[HangmanForm.self].request = request
            guard try play.triesHangmanRequest() else { continue }
            var opening: String?
            try play.findTextForm { () throws(Miss) in
                try play.startServer()
                try play.findHangmanTurn()
                // A server that knows no lines may take a request with a line end for a letter.
                let text = play[HangmanGame.self].opening
                guard text == opening ?? text else {
                    throw Miss(wanted: "the length of the word", got: text.shownLine)
                }
                opening = text
                return Array(play[HangmanGame.self].answers.last?.text.utf8 ?? "".utf8)
            }
            play.findings.words.append(play[HangmanForm.self].words)
            return
        }
        throw Miss(
            wanted: "the length of the word: a number, or so many underscores",
            got: "none to any of these: "
                + requests.map { $0 ?? "no request" }.joined(separator: "; "),
            .silence,
            cause: "if a game is asked for in another way, --entry tells it: --entry 'NEW GAME'")
    }

    fileprivate static func beginsHangman(_ client: String) -> Step {
        Step("\(client) asks for a game and is told the length") { play throws(Miss) in
            try play.beginHangman(client)
        }
    }

    fileprivate static func guesses(_ letters: Character..., on client: String = "A") -> Step {
        Step("\(client) guesses \(letters.map(String.init).joined(separator: ", "))") {
            play throws(Miss) in
            try play.guess(letters, on: client)
        }
    }

    /// All letters, the most seldom first: an end must come, by too many misses or by the word.
    fileprivate static let losesHangman = Step(
        "A guesses seldom letters until the game is over"
    ) { play throws(Miss) in
        try play.loseHangman(on: "A")
    }

    /// Games until the same word comes a second time: then it is guessed.
    fileprivate static func winsHangman(games: Int) -> Step {
        Step("a word that was told in a lost game is guessed when it comes again") {
            play throws(Miss) in
            try play.winHangman(games: games)
        }
    }

    fileprivate static func endsSendingWithALetter(_ client: String) -> Step {
        Step("\(client) guesses e, ends its sending, and gets an answer") { play throws(Miss) in
            try play.say(play[HangmanForm.self].turn.replacing("{letter}", with: "e"), on: client)
            try Step.halfCloses(client).perform(play)
            try play.hear("an answer to e", on: client) { text, _ in
                text.hasWords ? ((), text.endIndex) : nil
            }
        }
    }

    fileprivate static func checksPlaces(games: Int) -> Step {
        Step("the places told fit the word that is told at the end") { play throws(Miss) in
            for number in 1...games {
                let client = "game \(number)"
                try play.beginHangman(client)
                try play.guess(HangmanGame.seldom.reversed(), on: client)
                try play.checkPlaces()
                try Step.leaves(client).perform(play)
            }
        }
    }
}

extension Play {
    /// Whether the request of now leads to a length, with a line end or without.
    fileprivate func triesHangmanRequest() throws(Miss) -> Bool {
        if programs["server"]?.ending != nil || port == 0 {
            startOver()
            try startServer()
        }
        defer {
            try? Step.leaves("A").perform(self)
            waitUntilAsleep()
        }
        self[TextForm.self].hasLines = false
        do throws(Miss) {
            try connect("A")
            let request = self[HangmanForm.self].request
            if let request { try say(request, on: "A") }
            for isLine in request == nil ? [false] : [false, true] {
                if isLine { try send([10], "a line end", on: "A") }
                guard try speaks("A") else { continue }
                _ = try hear("the length", on: "A", within: patience / 8) { text, _ in
                    HangmanGame.length(in: text).map { ($0, text.endIndex) }
                }
                return true
            }
        } catch {
            if error.isJudges { throw error }
        }
        return false
    }

    /// Finds out how a letter is sent: an answer that speaks of an error is none.
    fileprivate func findHangmanTurn() throws(Miss) {
        try beginHangman("A")
        let turns = contest.turn.map { [$0] } ?? HangmanForm.turns
        for turn in turns {
            self[HangmanForm.self].turn = turn
            try guess("e", on: "A")
            let text = self[HangmanGame.self].answers.last?.text ?? ""
            if !text.mentions(["error", "invalid", "unknown", "illegal"]) { return }
        }
        throw Miss(
            wanted: "an answer to a letter",
            got: "an error for each of these: "
                + turns.joined(separator: "; "),
            cause: "if a letter is sent in another way, --turn tells it: --turn 'TRY {letter}'")
    }

    fileprivate func loseHangman(on client: String) throws(Miss) {
        try guess(HangmanGame.seldom, on: client)
        guard self[HangmanGame.self].end == nil else { return }
        throw Miss(
            wanted: "a signal of the end (end, won, lost, over …), or the end of the stream",
            got: "all 26 letters are answered, and none says that the game is over")
    }

    fileprivate func winHangman(games: Int) throws(Miss) {
        var words: [String] = []
        for number in 1...games {
            let client = "game \(number)"
            try beginHangman(client)
            let length = self[HangmanGame.self].length
            if let word = words.first(where: { $0.count == length }) {
                var letters = Set<Character>()
                try guess(word.filter { letters.insert($0).inserted }.map(\.self), on: client)
                let game = self[HangmanGame.self]
                if game.end?.lowercased().contains(word) == true { return }
                guard game.end == nil, game.isWhole(word) else {
                    try guess(HangmanGame.seldom, on: client)
                    if let other = self[HangmanGame.self].word, !words.contains(other) {
                        words.insert(other, at: 0)
                    }
                    try Step.leaves(client).perform(self)
                    continue
                }
                throw Miss(
                    wanted: "a signal of the end, since \(word) is whole", got: "the game goes on")
            }
            try guess(HangmanGame.seldom, on: client)
            if let word = self[HangmanGame.self].word { words.insert(word, at: 0) }
            try Step.leaves(client).perform(self)
        }
    }
}
