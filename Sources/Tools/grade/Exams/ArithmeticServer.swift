extension Exam {
    static let arithmeticServer = Exam(
        "arithmetic-server",
        [
            Case(
                "start.listen", .sheet, 5,
                "The client initiates communication with a Server by sending the server it's name.",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 15,
                "Upon receiving a request, the server prints the received message, computes the "
                    + "answer by performing the arithmetic operation and sends it back as a "
                    + "string.", needs: ["start.listen"], [.findsArithmeticForm]),
            Case(
                "minus", .sheet, 6, "two numbers and a simple arithmetic operation",
                needs: ["form"], arithmetic.opening("A") + asks("7 - 10")),
            Case(
                "times", .sheet, 6, "two numbers and a simple arithmetic operation",
                needs: ["form"], arithmetic.opening("A") + asks("3.24 * 45")),
            Case(
                "divided", .sheet, 7, "for example: \"12 + 42\" or … \"4.5 / -6\"", needs: ["form"],
                arithmetic.opening("A") + asks("4.5 / -6")),
            Case(
                "requests", .sheet, 10,
                "The Server runs an infinite loop where it keeps waiting for requests from this "
                    + "client.", needs: ["form"],
                arithmetic.opening("A") + asks("12 + 42") + asks("100 - 58.5") + asks("6 * 7.5")
                    + asks("9 / 8") + asks("12 + 43")),
            Case(
                "prints", .sheet, 10,
                "Upon receiving a request, the server prints the received message", needs: ["form"],
                arithmetic.opening("A") + asks("12 + 42") + [.prints("12 + 42")]
                    + asks("7 - 10") + [.prints("12 + 42", "7 - 10")]),
            Case(
                "q.prints", .sheet, 8,
                "the server ends the communication session and prints \"Session ended\"",
                needs: ["form"],
                arithmetic.opening("A") + asks("12 + 42") + [.quits, .prints("Session ended")]),
            Case(
                "q.ends", .sheet, 7,
                "the server ends the communication session and prints \"Session ended\"",
                needs: ["form"],
                arithmetic.opening("A") + asks("12 + 42") + [.quits, .seesEnd("A")]),
            Case(
                "zero", .network, 3,
                "The Server runs an infinite loop where it keeps waiting for requests from this "
                    + "client.", needs: ["form"],
                arithmetic.opening("A") + [.dividesByZero] + asks("6 * 7")),
        ]
            + ServerCases.all(
                arithmetic,
                network: [
                    "frame.split": 4, "frame.bytes": 3, "frame.glue": 4, "half.close": 2,
                    "idle": 4, "restart": 2, "stop": 2, "behind": 1, "port.taken": 1,
                ]))

    /// The sheet's server knows one client: each case has a server of its own.
    private static let arithmetic = Exchange(
        enter: { [.connects($0), .sendsName($0)] },
        next: { play, client in
            play[ArithmeticAnswers.self].count += 1
            let number = play[ArithmeticAnswers.self].count
            // The sum is none of the numbers that stood in a question.
            return Arithmetic("\(1_000 + number) + 5000").question(by: client, play)
        },
        noFraming: TextForm.noFraming, isOneByOne: true)

    private static func asks(_ request: String) -> [Step] {
        [.asks(Arithmetic(request)), .answered("A")]
    }
}

extension Arithmetic {
    fileprivate func question(by client: String, _ play: Play) -> Question {
        Question(
            text, play[TextForm.self].bytes(text), by: client, wanted: { .answer(self, $0) },
            notice: { play, _ in play[ArithmeticAnswers.self].last = answer })
    }
}

extension Step {
    /// The name, which the server has read before a request follows.
    fileprivate static func sendsName(_ client: String) -> Step {
        Step("\(client) sends its name") { play throws(Miss) in
            try play.send(play[TextForm.self].bytes("Anna"), "the name Anna", on: client)
            play.waitUntilRead(try play.peer(client))
        }
    }

    fileprivate static func asks(_ request: Arithmetic) -> Step {
        Step("A asks \(request.text)") { play throws(Miss) in
            let question = request.question(by: "A", play)
            try play.send(question.bytes, question.words, on: "A")
            try play.peer("A").owed += question.answers
        }
    }

    fileprivate static let quits = Step("A sends q") { play throws(Miss) in
        try play.send(play[TextForm.self].bytes("q"), "q", on: "A")
    }

    /// The answer may have any words, or be none.
    fileprivate static let dividesByZero = Step("A asks 5 / 0") { play throws(Miss) in
        try play.send(play[TextForm.self].bytes("5 / 0"), "5 / 0", on: "A")
        play.waitUntilRead(try play.peer("A"))
    }

    /// Finds out whether the server knows lines.
    fileprivate static let findsArithmeticForm = Step("A asks 12 + 42") { play throws(Miss) in
        let request = Arithmetic("12 + 42")
        try play.findTextForm {
            () throws(Miss) in
            for step in [Step.starts, .connects("A"), .sendsName("A")] { try step.perform(play) }
            try play.send(play[TextForm.self].bytes(request.text), request.text, on: "A")
            return try play.receive(.answer(request, play), on: "A")
        } glued: {
            () throws(Miss) in
            for step in [Step.starts, .connects("A")] { try step.perform(play) }
            let form = play[TextForm.self]
            try play.send(
                form.bytes("Anna") + form.bytes(request.text),
                "the name Anna, \(request.text)", on: "A")
            try play.receive(.answer(request, play), on: "A")
        }
    }
}
