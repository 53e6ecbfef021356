import Protocol

extension Play {
    fileprivate func askAndLearn(_ question: GuessQuestion, on client: String) throws(Miss) {
        let bytes = self[GuessForm.self].bytes(question.comparison.rawValue, question.number)
        try send(bytes, "\(question)", on: client)
        learn(try receive(wanted(question), on: client), to: question)
    }
}

extension Step {
    /// A client asks this, and gets an answer that fits everything said so far.
    static func asks(
        _ client: String, _ comparison: Comparison, _ number: Int
    ) -> Step {
        let question = GuessQuestion(comparison, number)
        return Step("\(client) asks \(question)") { play throws(Miss) in
            try play.askAndLearn(question, on: client)
        }
    }

    /// A client asks this about the number that it has found, or about one beside it.
    static func asks(
        _ client: String, _ comparison: Comparison, plus distance: Int
    ) -> Step {
        let place = distance == 0 ? "the number" : distance > 0 ? "one more" : "one less"
        return Step("\(client) asks \(comparison) \(place)") { play throws(Miss) in
            let number = play[GuessKnowledge.self].middle + distance
            try play.askAndLearn(GuessQuestion(comparison, number), on: client)
        }
    }

    /// A client asks for halves until only one number fits.
    static func searches(_ client: String) -> Step {
        Step("\(client) searches by halves") { play throws(Miss) in
            while play[GuessKnowledge.self].possible.count > 1 {
                let question = GuessQuestion(.smaller, play[GuessKnowledge.self].middle)
                try play.askAndLearn(question, on: client)
            }
        }
    }

    /// The first thing that a client is told now is the end of the game, unasked or asked.
    static func isTheEnd(_ client: String, _ comparison: Comparison = .smaller) -> Step {
        Step("\(client) asks and is told that the game is over") { play throws(Miss) in
            let form = play[GuessForm.self]
            let number = play[GuessKnowledge.self].middle
            let bytes = form.bytes(comparison.rawValue, number)
            // A server that has told it already may have closed the connection.
            try? play.send(bytes, "\(comparison) \(number)", on: client)
            try play.receive(.guess([.ended], form), on: client)
        }
    }

    /// Everybody has left: a client that comes now plays for another number.
    static func newGame(_ client: String) -> Step {
        Step("\(client) comes to a new game") { play throws(Miss) in
            play[GuessKnowledge.self] = GuessKnowledge()
            try play.connect(client)
        }
    }

    /// Two right guesses in one segment: the first wins, and no second one does.
    static func winsTwice(_ client: String) -> Step {
        Step("\(client) sends the right guess twice in one segment") { play throws(Miss) in
            let form = play[GuessForm.self]
            let number = play[GuessKnowledge.self].middle
            let bytes = form.bytes(Comparison.equal.rawValue, number)
            try play.send(bytes + bytes, "= \(number), = \(number)", on: client)
            try play.receive(.guess([.won], form), on: client)
        }
    }

    /// The second right guess was answered in any way but one.
    static func hasNotWonAgain(_ client: String) -> Step {
        Step("\(client) has won only once") { play throws(Miss) in
            // Another client has had an answer since, so this one has come, if there is one.
            let peer = try play.peer(client)
            _ = peer.take(until: .now)
            let letter = play[GuessForm.self].values(peer.buffer)?.letter
            guard letter == GuessAnswer.won.rawValue else { return }
            throw Miss(wanted: "anything but You won", got: peer.buffer.shown)
        }
    }

    /// A number that no C program has as a positive one: any answer will do.
    static func asksLeast(_ client: String) -> Step {
        Step("\(client) asks < -2147483648") { play throws(Miss) in
            let form = play[GuessForm.self]
            let bytes = form.bytes(Comparison.smaller.rawValue, Int(Int32.min))
            try play.send(bytes, "< -2147483648", on: client)
            try play.receive(.guess([.yes, .no], form), on: client)
        }
    }

    /// One client after another wins: the numbers are not always the same.
    static func playsGames(_ count: Int) -> Step {
        Step("\(count) clients win, one after another") { play throws(Miss) in
            var numbers: Set<Int> = []
            for number in 1...count {
                let client = "\(Unicode.Scalar(UInt8(64 + number)))"
                try newGame(client).perform(play)
                try searches(client).perform(play)
                numbers.insert(play[GuessKnowledge.self].middle)
                try asks(client, .equal, plus: 0).perform(play)
                try leaves(client).perform(play)
            }
            guard numbers.count == 1, let number = numbers.first else { return }
            throw Miss(wanted: "a new number", got: "\(number) in each of \(count) games")
        }
    }

    /// Finds out in which format the server speaks.
    static let findsGuessForm = Step("A asks < 1, in the formats of the classes") {
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
            // Only the sheet's own format is waited for as long as every answer.
            let time = form.format == GuessLayout.defaultFormat ? patience : .seconds(1)
            try receive(.guess(isStrict ? [.no] : [.no, .yes], form), on: "A", within: time)
        }
    }
}
