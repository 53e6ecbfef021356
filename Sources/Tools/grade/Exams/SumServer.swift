extension Exam {
    static let sumServer = Exam(
        "sum-server",
        [
            Case(
                "start.listen", .sheet, 5,
                "Create a TCP socket, bind it to the agreed port, and wait for a connection;",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 15,
                "Reply to the client with the server name and the server number;",
                needs: ["start.listen"], [.findsSumForm]),
            Case(
                "shows.names", .sheet, 10,
                "Display the client's received name and the server's name;", needs: ["form"],
                sum.opening("A") + [.asks("A", sum), .answered("A"), .showsNames]),
            Case(
                "shows.sum", .sheet, 15,
                "Display the client's number, its number, and the sum of those numbers;",
                needs: ["form"],
                sum.opening("A") + [.asks("A", sum), .answered("A"), .showsSum]),
            Case(
                "own", .sheet, 8,
                "Create a string containing a name (e.g., \"Server of John Q. Smith\") and a random "
                    + "number;", needs: ["next"],
                sum.opening() + ["A", "B", "C"].flatMap(sum.visit) + [.areItsOwn]),
            Case(
                "next", .sheet, 8,
                "On accepting a client connection, the server should: … Reply to the client",
                needs: ["form"], sum.opening() + ["A", "B"].flatMap(sum.visit)),
            Case(
                "borders", .sheet, 6,
                "Accept a name and an integer between 1 and 100", needs: ["next"],
                sum.opening("A") + [.sendsNumber("A", 1), .answered("A"), .leaves("A")]
                    + sum.enter("B") + [.sendsNumber("B", 100), .answered("B")]),
            Case(
                "ends.101", .sheet, 8, outOfRange, needs: ["form"],
                sum.opening("A") + [.sendsNumber("A", 101), .exits("server")]),
            Case(
                "ends.0", .sheet, 3, outOfRange, needs: ["form"],
                sum.opening("A") + [.sendsNumber("A", 0), .exits("server")]),
            Case(
                "ends.below", .sheet, 2, outOfRange, needs: ["form"],
                sum.opening("A") + [.sendsNumber("A", -5), .exits("server")]),
        ]
            + ServerCases.all(
                sum,
                network: [
                    "frame.split": 2, "frame.bytes": 2, "leave.end": 1, "leave.reset": 2,
                    "leave.mid": 2, "half.close": 1, "no.arguments": 1, "garbage": 2, "leaks": 1,
                    "idle": 1,
                    "restart": 2, "stop": 1, "behind": 1, "port.taken": 1,
                ]))

    private static let outOfRange =
        "If your server receives an integer value that is out of range, it should terminate after "
        + "releasing any created sockets."

    fileprivate static let sum = Exchange(
        next: { play, client in play.sumQuestion(play.chance.number(in: 2...99), by: client) },
        garbage: Array("?~!@?~!@\n".utf8), noFraming: TextEnd.noFraming, isOneByOne: true,
        isOneQuestion: true)
}

extension Step {
    /// Finds out what stands between name and number, and what ends the message.
    fileprivate static let findsSumForm = Step("A sends a name and 42, in the forms of classes") {
        play throws(Miss) in
        var first: Miss?
        for form in play.contest.layout.map({ [SumForm(layout: $0)] }) ?? SumForm.candidates {
            do throws(Miss) {
                try play.findTextEnd(
                    of: form.texts(name: sumName, number: 42), .sumReply,
                    enter: [.starts, .connects("A")])
                play[SumForm.self] = form
                play.findings.words.insert(form.words, at: 0)
                return
            } catch {
                if error.isJudges { throw error }
                // An answer tells more than a connection that is gone.
                if first == nil || first?.got == "nothing" { first = error }
                play.startOver()
            }
        }
        if let first { throw first }
    }

    fileprivate static func sendsNumber(_ client: String, _ number: Int) -> Step {
        Step("\(client) sends \(number)") { play throws(Miss) in
            try play.ask(play.sumQuestion(number, by: client), by: client)
        }
    }

    fileprivate static let showsNames = Step("it displays both names") { play throws(Miss) in
        let name = play[SumReplies.self].all.last?.name ?? ""
        try play.expectOutput(of: "server", "\(sumName) and the server's name") { output in
            output.contains(sumName) && output.contains(name)
        }
    }

    fileprivate static let showsSum = Step("it displays both numbers and their sum") {
        play throws(Miss) in
        guard let reply = play[SumReplies.self].all.last else { return }
        let wanted = "\(reply.theirs), the server's number and the sum"
        try play.expectOutput(of: "server", wanted) { output in
            let shown = output.wholeNumbers
            return reply.numbers.contains { number in
                [reply.theirs, number, reply.theirs + number].allSatisfy(shown.contains)
            }
        }
    }

    /// The names and numbers of the replies are not those that were sent.
    fileprivate static let areItsOwn = Step("name and number are the server's own") {
        play throws(Miss) in
        let replies = play[SumReplies.self].all
        if replies.allSatisfy({ $0.name == sumName }) {
            throw Miss(wanted: "the server's name", got: "the client's name, \(sumName)")
        }
        // By chance once in a million times.
        if replies.allSatisfy({ $0.numbers == [$0.theirs] }) {
            throw Miss(wanted: "the server's number", got: "the client's number, each time")
        }
    }
}

extension Play {
    fileprivate func sumQuestion(_ number: Int, by client: String) -> Question {
        let texts = self[SumForm.self].texts(name: sumName, number: number)
        let parts = texts.map(self[TextEnd.self].bytes)
        var question = Question(
            "\"\(texts.joined().replacing("\n", with: "\\n"))\"", Array(parts.joined()), by: client,
            wanted: { _ in .sumReply }, notice: { $0[SumReplies.self].note($1, to: number) })
        question.parts = parts.dropLast().map(\.count)
        question.endsStream = self[TextEnd.self].end == .stream
        return question
    }
}
