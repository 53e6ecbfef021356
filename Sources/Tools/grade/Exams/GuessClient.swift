import Console
import Protocol
import Sockets

extension Exam {
    static let guessClient = Exam(
        "guess-client", width: 16, waits: .seconds(5),
        [
            Case(
                "connect", .sheet, 5,
                "python3 client.py <server_address> <server_port> # The ip and port of the server",
                [.clientStarts(), .accepts()]),
            Case(
                "form", .sheet, 12,
                "From the client: a single character in binary form, a 32 bit integer. Possible "
                    + "values for the character: <: smaller than, >: greater than, =: equal to",
                needs: ["connect"], [.clientStarts(), .accepts(), .findsQuestionForm]),
            Case(
                "range", .sheet, 5, "The client knows what range was used to choose the number.",
                needs: ["form"], guess.opening() + [.plays("A", until: .ended, after: 3)]),
            Case(
                "search", .sheet, 18,
                "The client uses logarithmic search (binary search) to guess the chosen number.",
                needs: ["form"], [.clientStarts(), .accepts(), .plays("A", until: .won)]),
            Case(
                "waits", .sheet, 8,
                "Before every new guess the client should wait a random amount (between 1 and 5) "
                    + "of seconds.", needs: ["form"],
                guess.opening() + [.waitsBefore("A"), .waitsBefore("A")]),
            Case(
                "win.ends", .sheet, 8,
                "After receiving a You won,You are out or End of game message the clients first "
                    + "terminate the connection then themselves.", needs: ["form"],
                guess.opening() + [
                    .isFirstNumber, .plays("A", until: .won), .seesEnd("A"), .exits("A"),
                ]),
            Case(
                "out.ends", .sheet, 7,
                "After receiving a You won,You are out or End of game message the clients first "
                    + "terminate the connection then themselves.", needs: ["form"],
                [.clientStarts(), .accepts(), .plays("A", until: .out), .seesEnd("A"), .exits("A")]),
            Case(
                "over.ends", .sheet, 7,
                "After receiving a You won,You are out or End of game message the clients first "
                    + "terminate the connection then themselves.", needs: ["form"],
                guess.opening() + [.tells("A", [.ended]), .seesEnd("A"), .exits("A")]),
            Case(
                "keyboard", .sheet, 5,
                "Hence, the client should NOT get it's guesses from the standard input!",
                needs: ["form"],
                [.clientStarts(), .inputEnds(at: "A"), .accepts(), .hears("A")]),
            Case(
                "over.glued", .network, 4,
                "TCP is a stream: two messages may come in one segment (RFC 9293, 3.8)",
                needs: ["form"],
                guess.opening() + [.tells("A", [.yes, .ended]), .seesEnd("A"), .exits("A")]),
        ]
            + ClientCases.all(
                guess,
                network: [
                    "reply.pieces": 8, "server.ends": 6, "server.missing": 5, "behind": 1,
                    "no.arguments": 1,
                ]))

    private static let guess = Service(
        begin: { [.hears($0)] },
        reply: { play, _ in
            let answer = play[GuessOpponent.self].answer()
            return (answer.description, play.bytes(of: answer))
        },
        understood: { [.hears($0)] })
}

/// The judge in the role of the server: it always leaves the larger half.
private struct GuessOpponent: Memory {
    var possible = Set(1...100)
    var questions: [GuessQuestion] = []

    /// The answer to the last question, after which as many numbers as possible are left.
    mutating func answer() -> GuessAnswer {
        guard let question = questions.last else { return .ended }
        var knowledge = GuessKnowledge()
        knowledge.possible = possible
        let answers: [GuessAnswer] = question.comparison == .equal ? [.out, .won] : [.yes, .no]
        let left = answers.map { ($0, knowledge.numbers(after: $0, to: question)) }
        // Two numbers: who takes one of them has searched by halves, too.
        let isFound = question.comparison == .equal && possible.count <= 2 && !left[1].1.isEmpty
        let best = isFound ? left[1] : left[0].1.count >= left[1].1.count ? left[0] : left[1]
        possible = best.1
        return best.0
    }
}

extension Step {
    /// The client asks its next question, a number from 1 to 100.
    fileprivate static func hears(_ client: String) -> Step {
        Step("\(client) asks") { play throws(Miss) in try play.hear(client) }
    }

    /// The judge tells the client these, in one segment.
    fileprivate static func tells(_ client: String, _ answers: [GuessAnswer]) -> Step {
        let words = answers.map(\.description).joined(separator: ", ")
        return Step("\(client) is told \(words)") { play throws(Miss) in
            let bytes = answers.flatMap(play.bytes)
            try play.send(bytes, words, on: client)
        }
    }

    /// A number that only a client with the right borders finds.
    fileprivate static let isFirstNumber = Step("the number is the one that it asked about first") {
        play throws(Miss) in
        let first = play[GuessOpponent.self].questions.first?.number ?? 50
        play[GuessOpponent.self].possible = [first]
    }

    /// The game goes on until the client names the number, or has asked so many questions; then it
    /// is told the last word.
    fileprivate static func plays(
        _ client: String, until last: GuessAnswer, after count: Int = 15
    ) -> Step {
        Step("\(client) plays until it is told \(last)") { play throws(Miss) in
            // Two comparisons a halving, and one =.
            for number in 1...count {
                if number > 1 || play[GuessOpponent.self].questions.isEmpty {
                    try play.hear(client)
                }
                if last == .ended, number == count { break }
                if play[GuessOpponent.self].questions.last?.comparison == .equal { break }
                try play.answer(client)
                if number == count {
                    throw Miss(
                        wanted: "= and the number after at most \(count) questions",
                        got: "\(count) comparisons")
                }
            }
            let truth = play[GuessOpponent.self].answer()
            guard last != .won || truth == .won else {
                throw Miss(
                    wanted: "= only when one number is left",
                    got: "= while \(play[GuessOpponent.self].possible.count + 1) are left")
            }
            try Step.tells(client, [last]).perform(play)
        }
    }

    /// After an answer, the client lets a second go by before it asks again.
    fileprivate static func waitsBefore(_ client: String) -> Step {
        Step("\(client) waits, and asks again") { play throws(Miss) in
            try play.answer(client)
            let start = Instant.now
            try play.hear(client)
            // A little less, since clocks and processes have their own opinions.
            guard Instant.now - start < .milliseconds(900) else { return }
            throw Miss(wanted: "at least 1 s before the question", got: "less than 1 s")
        }
    }

    /// Finds out in which format the client speaks.
    fileprivate static let findsQuestionForm = Step("A asks, in a format of the classes") {
        play throws(Miss) in
        let peer = try play.peer("A")
        guard peer.take(until: play.deadline + play.exam.waits) else {
            throw Miss(wanted: "a question", got: "nothing", .silence)
        }
        // A message may come in two pieces; no client asks again so soon.
        sleep(for: .milliseconds(300))
        _ = peer.take(until: .now)
        let formats = play.contest.layout.map { [$0] } ?? ["c i", "<c i", "!c i"]
        for format in formats {
            play[GuessForm.self].format = format
            guard peer.buffer.count == play[GuessForm.self].size,
                let question = play[GuessForm.self].question(peer.buffer),
                (0...101).contains(question.number)
            else { continue }
            play.findings.words = [play[GuessForm.self].words]
            return play.note(.says(.client), "A", "\(question)", peer.buffer)
        }
        let text = String(decoding: peer.buffer, as: UTF8.self)
        throw Miss(
            wanted: "one of < > = and a number, as c i: 8 bytes", got: peer.buffer.shown,
            cause: text.allSatisfy { $0.isASCII && !$0.isNewline && $0 >= " " }
                && text.contains(where: \.isNumber) ? "text for binary" : nil)
    }
}

extension GuessForm {
    /// The question in a message, if it is one.
    fileprivate func question(_ bytes: [UInt8]) -> GuessQuestion? {
        guard let (letter, number) = values(bytes), let comparison = Comparison(rawValue: letter)
        else { return nil }
        return GuessQuestion(comparison, number)
    }
}

extension Play {
    fileprivate func hear(_ client: String) throws(Miss) {
        let form = self[GuessForm.self]
        let wanted = Wanted("a question about a number from 1 to 100") { bytes, _ in
            guard bytes.count >= form.size else { return .more }
            guard let question = form.question(bytes), (1...100).contains(question.number) else {
                return .wrong
            }
            return .found(count: form.size, words: "\(question)")
        }
        let bytes = try receive(wanted, on: client, within: patience + exam.waits)
        if let question = form.question(bytes) {
            self[GuessOpponent.self].questions.append(question)
        }
    }

    fileprivate func answer(_ client: String) throws(Miss) {
        let answer = self[GuessOpponent.self].answer()
        try send(bytes(of: answer), answer.description, on: client)
    }

    /// An answer, with a number that means nothing.
    fileprivate func bytes(of answer: GuessAnswer) -> [UInt8] {
        self[GuessForm.self].bytes(answer.rawValue, 7 * self[GuessOpponent.self].questions.count)
    }
}
