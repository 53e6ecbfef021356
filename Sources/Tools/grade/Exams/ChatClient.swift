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
                    .isSent("A", "[Ben] She turned me into a newt!"),
                    .typesAndSends("A", "A newt?"),
                    .isShown("A"),
                ]),
            Case(
                "prints.waiting", .sheet, 10,
                "The clients should print the received messages to the standard output.",
                needs: ["form"], opening + [.isSent("A", "[Ben] Hello, Anna!"), .isShown("A")]),
            Case(
                "prints.each", .sheet, 8,
                "The clients should print the received messages to the standard output.",
                needs: ["prints.waiting"],
                opening + [
                    .isSent("A", "[Ben] Burn her!"), .isShown("A"),
                    .isSent("A", "[Cleo] A newt?"), .isShown("A"),
                    .isSent("A", "[Ben] I got better."), .isShown("A"), .isShownOnce("A"),
                ]),
            Case(
                "talk", .sheet, 5, "multiple clients can ‘talk’ to each other", needs: ["form"],
                opening + [
                    .typesAndSends("A", "Are you there?"), .isSent("A", "[Ben] Yes."),
                    .isShown("A"), .typesAndSends("A", "So am I."),
                    .isSent("A", "[Ben] I can see that."), .isShown("A"),
                ]),
            Case(
                "text.utf8", .sheet, 3,
                "The clients should print the received messages to the standard output.",
                needs: ["form"],
                opening + [
                    .typesAndSends("A", "5 €: 你好"), .isSent("A", "[Ben] 5 €: 你好, ψυχή!"),
                    .isShown("A"),
                ]),
            Case(
                "reply.glue", .network, 4,
                "TCP is a stream: two messages may come in one segment (RFC 9293, 3.8)",
                needs: ["form"],
                opening + [.isSent("A", "[Ben] A newt?", "[Ben] I got better."), .isShown("A")]
            )
            .exempt(TextForm.noFraming),
            Case(
                "character", .network, 3,
                "TCP is a stream: a character may come in two segments (RFC 3629)",
                needs: ["form"],
                opening + [.isSent("A", "[Ben] äöü€你", cutInto: [7, 2, 2, 2, 3]), .isShown("A")]
            )
            .exempt(TextForm.noFraming),
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
            play[Shown.self].lines.append("[Ben] Hello, Anna!")
            return ("[Ben] Hello, Anna!", play[TextForm.self].bytes("[Ben] Hello, Anna!"))
        },
        understood: { [.isShown($0)] }, noFraming: TextForm.noFraming)
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
}
