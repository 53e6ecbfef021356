import Protocol

extension Exam {
    static let sumClient = Exam(
        "sum-client", width: 12,
        [
            Case(
                "connect", .sheet, 6,
                "Create a TCP socket and open a connection to the port agreed with the server;",
                sumService.start() + [.accepts()]),
            Case(
                "form", .sheet, 18,
                "Send to the server: (i) the entered name and (ii) the entered integer value and "
                    + "then wait for a server reply;",
                needs: ["connect"], sumService.opening()),
            Case(
                "shows.names", .sheet, 14, "its name and the server's name;", needs: ["form"],
                sumService.opening() + [
                    .repliesSum("A"), .displays("A", "both names", [sumName, "Smith"]),
                ]
            ),
            Case(
                "shows.sum", .sheet, 18,
                "Its integer value, the server's integer value and the sum of both;",
                needs: ["form"], sumService.opening() + [.repliesSum("A"), .displaysSum("A", 42)]),
            Case(
                "border.1", .sheet, 5,
                "Accept a name and an integer between 1 and 100 from the keyboard;",
                needs: ["shows.sum"], plays(1)),
            Case(
                "border.100", .sheet, 5,
                "Accept a name and an integer between 1 and 100 from the keyboard;",
                needs: ["shows.sum"], plays(100)),
            Case(
                "end", .sheet, 8,
                "The client then terminates after closing any created sockets.",
                needs: ["form"],
                sumService.opening() + [.repliesSum("A"), .seesEnd("A"), .exits("A")]),
        ]
            + ClientCases.all(
                sumService,
                network: [
                    "reply.pieces": 6, "server.ends": 8, "server.missing": 8, "behind": 4,
                ]))

    private static let sumService = service(42)

    private static func service(_ number: Int) -> Service {
        Service(
            values: ["name": sumName, "text": "\(number)"], typed: "\(sumName)\n\(number)\n",
            begin: { [.hearsSum($0, number)] },
            reply: { play, _ in
                let text = play[SumShape.self].reply.joined()
                return ("\"\(text.escaped)\"", Array(text.utf8))
            },
            understood: { [.halfCloses($0), .displaysSum($0, number)] },
            noFraming: { $0[SumShape.self].noFraming })
    }

    private static func plays(_ number: Int) -> [Step] {
        service(number).opening() + [.repliesSum("A"), .displaysSum("A", number)]
    }
}

/// How a client puts its name and its number into a message.
private struct SumShape: Finding {
    var before = ""
    var between = ","
    var after = ""
    var isNumberFirst = false

    static let number = 57

    /// The shape of a message; `nil` while it is not whole.
    init?(_ text: String, number: Int) {
        guard let name = text.firstRange(of: sumName),
            let digits = text.ranges(of: "\(number)").first(where: { !$0.overlaps(name) })
        else { return nil }
        isNumberFirst = digits.lowerBound < name.lowerBound
        let (first, second) = isNumberFirst ? (digits, name) : (name, digits)
        before = String(text[..<first.lowerBound])
        between = String(text[first.upperBound..<second.lowerBound])
        after = String(text[second.upperBound...])
        // The next digit may still be on its way, or the bracket.
        if after.first?.isNumber == true { return nil }
        if before.contains("{"), !after.contains("}") { return nil }
    }

    init() {}

    /// The messages of the reply, in the client's own form.
    var reply: [String] {
        // A blank in the name could not be told from one behind it.
        let isBlank = !between.isEmpty && between.allSatisfy { $0 == " " }
        let name = isBlank ? "Smith" : "Server of John Q. Smith"
        let both = isNumberFirst ? ["\(Self.number)", name] : [name, "\(Self.number)"]
        // Two messages that follow each other with nothing between.
        if between.isEmpty { return [before + both[0], both[1] + after] }
        return [before + both[0] + between + both[1] + after]
    }

    var noFraming: String? {
        after.isEmpty || after == "'"
            ? "nothing that the client sends tells where a message ends" : nil
    }

    /// For the report.
    var words: String {
        if between.isEmpty { return "name and number are two messages" }
        if before.contains("{") { return "JSON" }
        let both = isNumberFirst ? ["number", "name"] : ["name", "number"]
        return (both[0] + between + both[1] + after).replacing("\n", with: "\\n").escaped
    }
}

extension Step {
    /// The client sends its name and its number, in any form.
    fileprivate static func hearsSum(_ client: String, _ number: Int) -> Step {
        Step("\(client) sends the name and the number") { play throws(Miss) in
            let wanted = Wanted("\(sumName) and \(number)") { bytes, _ in
                let text = String(decoding: bytes, as: UTF8.self)
                guard SumShape(text, number: number) != nil else { return .more }
                return .found(count: bytes.count, words: "\"\(text.escaped)\"")
            }
            let text = String(decoding: try play.receive(wanted, on: client), as: UTF8.self)
            play[SumShape.self] = SumShape(text, number: number) ?? SumShape()
            play.findings.words = [play[SumShape.self].words]
        }
    }

    /// The judge replies in the client's own form, and ends its sending.
    fileprivate static func repliesSum(_ client: String) -> Step {
        Step("\(client) gets a name and \(SumShape.number)") { play throws(Miss) in
            let texts = play[SumShape.self].reply
            for (index, text) in texts.enumerated() {
                try play.send(Array(text.utf8), "\"\(text.escaped)\"", on: client)
                if index < texts.count - 1 { play.waitUntilRead(try play.peer(client)) }
            }
            try Step.halfCloses(client).perform(play)
        }
    }

    fileprivate static func displaysSum(_ client: String, _ number: Int) -> Step {
        let all = [number, SumShape.number, number + SumShape.number]
        let words = "\(all[0]), \(all[1]) and \(all[2])"
        return Step("it displays \(words)") { play throws(Miss) in
            try play.expectOutput(of: client, words) { output in
                let shown = output.wholeNumbers
                return all.allSatisfy(shown.contains)
            }
        }
    }

    /// The program displays all of these, in any order and in any words.
    static func displays(_ client: String, _ words: String, _ texts: [String]) -> Step {
        Step("it displays \(words)") { play throws(Miss) in
            try play.expectOutput(of: client, words) { output in
                texts.allSatisfy { output.contains($0) }
            }
        }
    }
}
