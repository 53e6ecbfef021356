import Protocol

extension Exam {
    static let guessServer = Exam(
        "guess-server",
        [
            Case(
                "start.listen", .sheet, 3,
                "python3 server.py <bind_address> <bind_port> # The pair to be used to bind the "
                    + "socket",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 7,
                "From the client: a single character in binary form, a 32 bit integer. … From the "
                    + "server: the same format as in the case of the client",
                needs: ["start.listen"], [.findsGuessForm]),
            Case(
                "answers", .sheet, 9,
                "Is the chosen number smaller/greater than or in the third case equal to the "
                    + "integer sent by the client.", needs: ["form"],
                guess.opening("A") + [.searches("A")]),
            Case(
                "borders", .sheet, 4, "The server chooses an integer between 1 and 100",
                needs: ["form"],
                guess.opening("A") + [
                    .asks("A", .smaller, 1), .asks("A", .greater, 100), .asks("A", .smaller, 101),
                    .asks("A", .greater, 0),
                ]),
            Case(
                "strict", .sheet, 4, "<: smaller than, >: greater than, =: equal to",
                needs: ["answers"],
                guess.opening("A") + [
                    .searches("A"), .asks("A", .smaller, plus: 0), .asks("A", .greater, plus: 0),
                    .asks("A", .smaller, plus: 1), .asks("A", .greater, plus: -1),
                ]),
            Case(
                "win.you-won", .sheet, 7,
                "The You won and You are out replies are only possible when the client used the "
                    + "'=' operator in its message.", needs: ["answers"],
                guess.opening("A") + wins("A")),
            Case(
                "out.you-are-out", .sheet, 6,
                "The server replies with Yes/No/You won/You are out/End of game messages.",
                needs: ["answers"],
                guess.opening("A") + [.searches("A"), .asks("A", .equal, plus: 1)]),
            Case(
                "out.others", .sheet, 4, "the clients try to guess this number",
                needs: ["out.you-are-out", "win.you-won"],
                guess.opening("A", "B") + [.searches("A"), .asks("A", .equal, plus: 1)]
                    + wins("B")),
            Case(
                "over.others", .sheet, 7,
                "If a client guesses correctly (with the '=' operator ) then the server replies "
                    + "with End of game messages to all other clients.", needs: ["win.you-won"],
                guess.opening("A", "B", "C") + [.asks("B", .smaller, 50)] + wins("A") + [
                    .isTheEnd("B"), .isTheEnd("C"),
                ]),
            Case(
                "over.newcomer", .sheet, 4,
                "The server chooses a new integer after the game has ended and all clients have "
                    + "terminated the connection.", needs: ["over.others"],
                guess.opening("A", "B") + wins("A") + [.leaves("A"), .connects("C")] + [
                    .isTheEnd("C"), .isTheEnd("B"),
                ]),
            Case(
                "new.number", .sheet, 5,
                "The server chooses a new integer after the game has ended and all clients have "
                    + "terminated the connection.", needs: ["win.you-won"],
                guess.opening("A", "B") + wins("A") + [
                    .leaves("A"), .isTheEnd("B"), .leaves("B"), .newGame("C"),
                ] + wins("C")),
            Case(
                "new.reset", .network, 1, "The last client may be gone by a reset",
                needs: ["new.number"],
                guess.opening("A", "B") + wins("A") + [
                    .leaves("A"), .isTheEnd("B"), .resets("B"), .newGame("C"),
                ] + wins("C")),
            Case(
                "win.twice", .network, 1,
                "TCP is a stream: two messages may come in one segment (RFC 9293, 3.8)",
                needs: ["win.you-won"],
                guess.opening("A") + [.searches("A"), .winsTwice("A")]),
        ]
            + ServerCases.all(
                guess,
                network: [
                    "frame.split": 3, "frame.bytes": 2, "frame.glue": 3, "many.mid": 3,
                    "leave.reset": 2, "leave.mid": 2, "half.close": 1, "garbage": 2, "unread": 1,
                    "crowd": 1, "leaks": 1, "idle": 2, "restart": 2, "stop": 1, "behind": 1,
                    "port.taken": 1,
                ],
                sheet: [
                    "many.silent": (
                        4, "The server should be able to handle multiple clients 'simultaneously'."
                    ),
                    "many.own": (
                        4, "The server should be able to handle multiple clients 'simultaneously'."
                    ),
                    "leave.end": (
                        2, "The server should be able to handle multiple clients 'simultaneously'."
                    ),
                ]))

    /// A client asks whether the number is smaller than 50, and its like.
    private static let guess = Exchange(
        next: { play, client in
            let number = play.chance.number(in: 2...99)
            let comparison = play.chance.pick(from: [Comparison.smaller, .greater])
            return play.ask(GuessQuestion(comparison, number), by: client)
        },
        garbage: Array("?~!@?~!@".utf8))

    private static func wins(_ client: String) -> [Step] {
        [.searches(client), .asks(client, .equal, plus: 0)]
    }
}

extension Play {
    /// A question of the game, with the answers that are right when its turn comes.
    fileprivate func ask(_ question: GuessQuestion, by client: String) -> Question {
        let bytes = self[GuessForm.self]
            .bytes(question.comparison.rawValue, question.number)
        return Question(
            "\(question)", bytes, by: client, wanted: { $0.wanted(question) },
            notice: { $0.learn($1, to: question) })
    }

    fileprivate func askAndLearn(_ question: GuessQuestion, on client: String) throws(Miss) {
        let bytes = self[GuessForm.self].bytes(question.comparison.rawValue, question.number)
        try send(bytes, "\(question)", on: client)
        learn(try receive(wanted(question), on: client), to: question)
    }
}

extension Step {
    /// A client asks this, and gets an answer that fits everything said so far.
    fileprivate static func asks(
        _ client: String, _ comparison: Comparison, _ number: Int
    ) -> Step {
        let question = GuessQuestion(comparison, number)
        return Step("\(client) asks \(question)") { play throws(Miss) in
            try play.askAndLearn(question, on: client)
        }
    }

    /// A client asks this about the number that it has found, or about one beside it.
    fileprivate static func asks(
        _ client: String, _ comparison: Comparison, plus distance: Int
    ) -> Step {
        let place = distance == 0 ? "the number" : distance > 0 ? "one more" : "one less"
        return Step("\(client) asks \(comparison) \(place)") { play throws(Miss) in
            let number = play[GuessKnowledge.self].middle + distance
            try play.askAndLearn(GuessQuestion(comparison, number), on: client)
        }
    }

    /// A client asks for halves until only one number fits.
    fileprivate static func searches(_ client: String) -> Step {
        Step("\(client) searches by halves") { play throws(Miss) in
            while play[GuessKnowledge.self].possible.count > 1 {
                let question = GuessQuestion(.smaller, play[GuessKnowledge.self].middle)
                try play.askAndLearn(question, on: client)
            }
        }
    }

    /// The first thing that a client is told now is the end of the game, unasked or asked.
    fileprivate static func isTheEnd(_ client: String) -> Step {
        Step("\(client) asks and is told that the game is over") { play throws(Miss) in
            let form = play[GuessForm.self]
            let question = GuessQuestion(.smaller, 50)
            // A server that has told it already may have closed the connection.
            try? play.send(form.bytes(question.comparison.rawValue, 50), "\(question)", on: client)
            try play.receive(.guess([.ended], form), on: client)
        }
    }

    /// Everybody has left: a client that comes now plays for another number.
    fileprivate static func newGame(_ client: String) -> Step {
        Step("\(client) comes to a new game") { play throws(Miss) in
            play[GuessKnowledge.self] = GuessKnowledge()
            try play.connect(client)
        }
    }

    /// Two right guesses in one segment: the first wins, and no second one does.
    fileprivate static func winsTwice(_ client: String) -> Step {
        Step("\(client) sends the right guess twice in one segment") { play throws(Miss) in
            let form = play[GuessForm.self]
            let number = play[GuessKnowledge.self].middle
            let bytes = form.bytes(Comparison.equal.rawValue, number)
            try play.send(bytes + bytes, "= \(number), = \(number)", on: client)
            try play.receive(.guess([.won], form), on: client)
        }
    }

    /// Finds out in which format the server speaks.
    fileprivate static let findsGuessForm = Step("A asks < 1, in the formats of the classes") {
        play throws(Miss) in
        var candidates = GuessForm.candidates
        if let layout = play.contest.layout { candidates = [(layout, false)] }
        var first: Miss?
        for (format, isStrict) in candidates {
            play[GuessForm.self].format = format
            do throws(Miss) {
                try play.tryGuessForm(isStrict: isStrict)
                play.findings.words = [play[GuessForm.self].words]
                return
            } catch {
                if error.isJudges { throw error }
                first = first ?? error
                play.startOver()
            }
        }
        if let first { throw first }
    }
}

extension Play {
    /// Asks two questions with known answers, so that a wrong byte order would show.
    fileprivate func tryGuessForm(isStrict: Bool) throws(Miss) {
        try startServer()
        try connect("A")
        let form = self[GuessForm.self]
        for question in [GuessQuestion(.smaller, 1), GuessQuestion(.greater, 100)] {
            let bytes = form.bytes(question.comparison.rawValue, question.number)
            try send(bytes, "\(question)", on: "A")
            try receive(.guess(isStrict ? [.no] : [.no, .yes], form), on: "A")
        }
    }
}
