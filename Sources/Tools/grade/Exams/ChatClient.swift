extension Exam {
    static let chatClient = Exam(
        "chat-client", width: 12,
        [
            Case(
                "connect", .sheet, 5,
                "multiple clients can ‘talk’ to each other through the chat server",
                [.startsNamed("A")]),
            Case(
                "form", .sheet, 15,
                "After establishing the connection, the clients should send their name to the "
                    + "server.", needs: ["connect"], [.findsNames("A")]),
            Case(
                "sends", .sheet, 10,
                "Write a TCP chat application where multiple clients can ‘talk’ to each other "
                    + "through the chat server.", needs: ["form"],
                opening + [.typesAndSends("A", "She turned me into a newt!")]),
            Case(
                "sends.each", .sheet, 8, "When the server receives a message from a client",
                needs: ["form"],
                opening + [
                    .typesAndSends("A", "What do you mean?"), .typesAndSends("A", "A newt?"),
                    .typesAndSends("A", "I got better."),
                ]),
            Case(
                "prints", .sheet, 12,
                "The clients should print the received messages to the standard output.",
                needs: ["form"],
                opening + [
                    .tells("A", "She turned me into a newt!"), .typesAndSends("A", "A newt?"),
                    .printed("A"),
                ]),
            Case(
                "prints.waiting", .sheet, 10,
                "The clients should print the received messages to the standard output.",
                needs: ["form"], opening + [.tells("A"), .printed("A")]),
            Case(
                "prints.each", .sheet, 8,
                "The clients should print the received messages to the standard output.",
                needs: ["prints.waiting"],
                opening + [
                    .tells("A"), .printed("A"), .tells("A"), .printed("A"), .tells("A"),
                    .printed("A"), .printedOnce("A"),
                ]),
            Case(
                "talk", .sheet, 5, "multiple clients can ‘talk’ to each other", needs: ["form"],
                opening + [
                    .typesAndSends("A", "Are you there?"), .tells("A"), .printed("A"),
                    .typesAndSends("A", "So am I."), .tells("A"), .printed("A"),
                ]),
            Case(
                "text.utf8", .sheet, 3,
                "The clients should print the received messages to the standard output.",
                needs: ["form"],
                opening + [
                    .typesAndSends("A", "5 €: 你好"), .tells("A", "5 €: 你好, ψυχή!"), .printed("A"),
                ]),
            framed(
                "reply.glue", 4,
                "TCP is a stream: two messages may come in one segment (RFC 9293, 3.8)",
                [.tellsTwice("A"), .printed("A")]),
            framed(
                "character", 3, "TCP is a stream: a character may come in two segments (RFC 3629)",
                [.tellsCutInCharacters("A"), .printed("A")]),
            Case(
                "keyboard", .network, 2, "The keyboard's input may end at once", needs: ["form"],
                [.endsWithoutInput]),
        ]
            + ClientCases.all(
                chat,
                network: [
                    "reply.pieces": 5, "server.ends": 5, "server.missing": 4, "behind": 1,
                ]))

    private static let opening = [Step.introduces("A")]

    private static let chat = Service(
        values: ["name": NameForm.typedName], typed: NameForm.typedName + "\n",
        enter: { [.introduces($0)] }, begin: { [.typesAndSends($0, "Hello, Ben!")] },
        reply: { play, _ in
            let saying = play[Talk.self].say("B")
            return ("[Ben] \(saying.text)", saying.passedOn(play))
        },
        understood: { [.printed($0)] }, noFraming: TextForm.noFraming)

    private static func framed(
        _ id: String, _ points: Int, _ sentence: String, _ steps: [Step]
    ) -> Case {
        var made = Case(id, .network, points, sentence, needs: ["form"], opening + steps)
        made.exemption = TextForm.noFraming
        return made
    }
}

extension Talk.Saying {
    /// The message as a server passes it on.
    fileprivate func passedOn(_ play: Play) -> [UInt8] {
        play[TextForm.self].bytes("[\(Talk.name(speaker))] \(text)")
    }
}

extension Step {
    fileprivate static func startsNamed(_ client: String) -> Step {
        Step("client \(client) starts and connects") { play throws(Miss) in
            try play.startNamed(client)
        }
    }

    fileprivate static func findsNames(_ client: String) -> Step {
        Step("client \(client) sends its name, and then what is typed") { play throws(Miss) in
            try play.findNameForm(client, then: "Is there anybody?")
        }
    }

    /// Ben says something, and the server passes it on.
    fileprivate static func tells(_ client: String, _ text: String? = nil) -> Step {
        Step("\(client) gets a message") { play throws(Miss) in
            let saying = play[Talk.self].say("B", text)
            try play.send(saying.passedOn(play), "[Ben] \(saying.text)", on: client)
        }
    }

    fileprivate static func tellsTwice(_ client: String) -> Step {
        Step("\(client) gets two messages in one segment") { play throws(Miss) in
            let (first, second) = (play[Talk.self].say("B"), play[Talk.self].say("B"))
            try play.send(
                first.passedOn(play) + second.passedOn(play),
                "[Ben] \(first.text), [Ben] \(second.text)", on: client)
        }
    }

    fileprivate static func tellsCutInCharacters(_ client: String) -> Step {
        Step("\(client) gets a message, each character cut in two") { play throws(Miss) in
            let saying = play[Talk.self].say("B", "äöü€你")
            try play.send(
                saying.passedOn(play), "[Ben] \(saying.text)", on: client,
                cutInto: [7, 2, 2, 2, 3])
        }
    }

    /// All messages so far stand on the standard output, in their order.
    fileprivate static func printed(_ client: String) -> Step {
        Step("it prints all messages") { play throws(Miss) in
            let texts = play[Talk.self].sayings.map { "[\(Talk.name($0.speaker))] \($0.text)" }
            try play.expectOutput(of: client, texts.joined(separator: " … ")) { output in
                var rest = output[...]
                for text in texts {
                    guard let range = rest.firstRange(of: text) else { return false }
                    rest = rest[range.upperBound...]
                }
                return true
            }
        }
    }

    /// No message but the last, behind which more may come, was printed twice.
    fileprivate static func printedOnce(_ client: String) -> Step {
        Step("each message once") { play throws(Miss) in
            let output = try play.program(client).output
            for saying in play[Talk.self].sayings.dropLast()
            where output.ranges(of: saying.text).count > 1 {
                throw Miss(
                    wanted: "each message once", got: "it prints \(output.excerpt)",
                    cause: "it prints a message twice")
            }
        }
    }
}
