extension Exam {
    static let arithmeticClient = Exam(
        "arithmetic-client", width: 12,
        [
            Case(
                "connect", .sheet, 5,
                "The client initiates communication with a Server by sending the server it's name.",
                [.clientNamed]),
            Case(
                "form", .sheet, 14,
                "The client initiates communication with a Server by sending the server it's name. "
                    + "… If correctly formatted, the Client sends this string to the Server.",
                needs: ["connect"], [.findsArithmeticNames]),
            Case(
                "prints", .sheet, 12, "The Client prints the answer it received from the server.",
                needs: ["form"], opening + asks("12 + 42", "54")),
            Case(
                "prints.received", .sheet, 6,
                "The Client prints the answer it received from the server.", needs: ["prints"],
                opening + asks("12 + 42", "4711")),
            Case(
                "requests", .sheet, 8,
                "The client then runs in an infinite loop where its accepts a line of input from "
                    + "the user.", needs: ["prints"],
                opening + asks("12 + 42", "54") + asks("7 - 10", "-3") + asks("6 * 77", "462")),
            Case(
                "numbers", .sheet, 8, "for example: \"12 + 42\" or … \"4.5 / -6\"",
                needs: ["prints"],
                opening + asks("4.5 / -6", "-0.75") + asks("3.24 * 45", "145.8")),
            Case(
                "form.wrong", .sheet, 7,
                "If correctly formatted, the Client sends this string to the Server.",
                needs: ["prints"],
                opening + asks("12 + 42", "54") + [
                    .types("12 +\n", at: "A"), .types("hello\n", at: "A"),
                ] + asks("7 - 10", "-3")),
            Case(
                "warning", .sheet, 7,
                "If the input is not correctly formatted, a warning is displayed to the user.",
                needs: ["requests"],
                opening + asks("12 + 42", "5401") + asks("7 - 10", "5402") + [
                    .types("12 +\n", at: "A")
                ] + asks("1 + 2", "5403") + [.warned]),
            Case(
                "q.sent", .sheet, 7, "The client process forwards the \"q\" to the Server",
                needs: ["prints"],
                opening + asks("12 + 42", "54") + [.typesAndSends("A", "q")]),
            Case(
                "q.ends", .sheet, 6, "The Client processes stops.", needs: ["q.sent"],
                opening + asks("12 + 42", "54") + [
                    .typesAndSends("A", "q"), .halfCloses("A"), .exits("A"),
                ]),
            Case(
                "keyboard", .network, 3, "The keyboard's input may end at once", needs: ["form"],
                [.endsWithoutInput]),
        ]
            + ClientCases.all(
                arithmetic,
                network: [
                    "reply.pieces": 7, "server.ends": 5, "server.missing": 4, "behind": 1,
                ]))

    private static let opening = [Step.introduces("A"), .greets]

    private static let arithmetic = Service(
        values: ["name": NameForm.typedName], typed: NameForm.typedName + "\n",
        enter: { [.introduces($0), .greets] }, begin: { [.typesAndSends($0, "12 + 42")] },
        reply: { play, _ in ("54.25", play[TextForm.self].bytes("54.25")) },
        understood: { [.prints("54.25", at: $0)] }, noFraming: TextForm.noFraming)

    /// The user asks, the judge answers, and the answer is printed.
    private static func asks(_ request: String, _ answer: String) -> [Step] {
        [.typesAndSends("A", request), .answers(answer), .prints(answer, at: "A")]
    }
}

/// Whether a client waits for a greeting after its name.
private struct GreetingForm: Finding {
    var isAwaited = false
}

extension Step {
    fileprivate static let clientNamed = Step("client A starts and connects") { play throws(Miss) in
        try play.startNamed("A")
    }

    fileprivate static let findsArithmeticNames = Step(
        "client A sends its name, and then what is typed"
    ) { play throws(Miss) in
        try play.findNameForm("A", then: "12 + 42") { () throws(Miss) in
            // It may wait for a word of the server: many servers greet.
            play[GreetingForm.self].isAwaited = true
            try Step.greets.perform(play)
        }
        if play[GreetingForm.self].isAwaited {
            play.findings.words.append("waits for a greeting")
        }
    }

    /// A greeting, for a client that waits for one.
    fileprivate static let greets = Step("a greeting, if it waits for one") { play throws(Miss) in
        guard play[GreetingForm.self].isAwaited else { return }
        try play.send(play[TextForm.self].bytes("Hello"), "Hello", on: "A")
    }

    fileprivate static func answers(_ answer: String) -> Step {
        Step("A gets \(answer)") { play throws(Miss) in
            try play.send(play[TextForm.self].bytes(answer), answer, on: "A")
        }
    }

    /// After the wrong line, more was printed than after a right one.
    fileprivate static let warned = Step("it has printed a warning") { play throws(Miss) in
        let program = try play.program("A")
        let output = program.output.replacing("\n", with: "").replacing(" ", with: "")
        let (usual, words) = (output.between("5401", "5402"), output.between("5402", "5403"))
        // Without a warning there is only one more prompt, which stands in the usual words, too.
        let more = words.dropCommon(with: usual)
        guard more.isEmpty || usual.contains(more), program.errors.isEmpty else {
            return play.note("it has warned")
        }
        throw Miss(wanted: "a warning about \"12 +\"", got: "nothing but what it prints always")
    }
}

extension String {
    /// What stands between two texts.
    fileprivate func between(_ first: String, _ second: String) -> String {
        guard let start = firstRange(of: first)?.upperBound else { return "" }
        let rest = self[start...]
        return String(rest[..<(rest.firstRange(of: second)?.lowerBound ?? rest.endIndex)])
    }

    /// What is left without the beginning and the end that are those of the other text, too.
    fileprivate func dropCommon(with other: String) -> String {
        let start = zip(self, other).prefix { $0 == $1 }.count
        let (rest, others) = (dropFirst(start), other.dropFirst(start))
        let end = zip(rest.reversed(), others.reversed()).prefix { $0 == $1 }.count
        return String(rest.dropLast(end))
    }
}
