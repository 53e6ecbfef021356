extension Exam {
    static let chatroomClient = Exam(
        "chatroom-client", width: 12,
        [
            Case(
                "connect", .sheet, 4, "sends appropriate requests to the Server",
                [.userStarts("A")]),
            Case(
                "form", .sheet, 14,
                "The client process then sends a login request to the chat room (Server) with this "
                    + "name.", needs: ["connect"], [.findsLogin("A")]),
            Case(
                "asks.name", .sheet, 4,
                "At the beginning, the user is requested for a \"login name\".", needs: ["form"],
                opening + [.asksForName("A")]),
            Case(
                "shows", .sheet, 10,
                "displays the messages sent by the server to the human user", needs: ["form"],
                opening + [
                    .isSent("A", "Voldemort: Crucio!"), .typesAndSends("A", "Anyone here?"),
                    .isShown("A"),
                ]),
            Case(
                "shows.waiting", .sheet, 9,
                "displays the messages sent by the server to the human user", needs: ["form"],
                opening + [.isSent("A", "Voldemort: Crucio!"), .isShown("A")]),
            Case(
                "shows.status", .sheet, 6,
                "Server: time=11.01 Voldemort has joined. Member count=2",
                needs: ["shows.waiting"],
                opening + [
                    .isSent("A", "Server: time=11.01 Voldemort has joined. Member count=2"),
                    .isShown("A"),
                ]),
            Case(
                "shows.each", .sheet, 7,
                "displays the messages sent by the server to the human user",
                needs: ["shows.waiting"],
                opening + [
                    .isSent("A", "Voldemort: Crucio!"), .isShown("A"),
                    .isSent("A", "Voldemort: Imperio!"), .isShown("A"),
                    .isSent("A", "Server: time=13.01 Voldemort has left. Member count=1"),
                    .isShown("A"), .isShownOnce("A"),
                ]),
            Case(
                "sends.each", .sheet, 9,
                "After logging in, whatever lines the user types is broadcast to all clients",
                needs: ["form"],
                opening + [
                    .typesAndSends("A", "Anyone here?"), .typesAndSends("A", "I quit smoking."),
                    .typesAndSends("A", "Aaaaaaahrrhhhhhhh..."),
                ]),
            Case(
                "quit", .sheet, 9, "> quit", needs: ["form"],
                opening + [
                    .typesAndSends("A", "Anyone here?"), .types("quit\n", at: "A"),
                    .closesAfterQuit("A"), .exits("A"),
                ]),
            Case(
                "text.utf8", .sheet, 3,
                "displays the messages sent by the server to the human user", needs: ["form"],
                opening + [
                    .typesAndSends("A", "5 €: 你好"), .isSent("A", "Voldemort: 5 €: 你好, ψυχή!"),
                    .isShown("A"),
                ]),
            Case(
                "reply.glue", .network, 4,
                "TCP is a stream: two messages may come in one segment (RFC 9293, 3.8)",
                needs: ["form"],
                opening + [
                    .isSent("A", "Voldemort: Crucio!", "Voldemort: Imperio!"), .isShown("A"),
                ]
            )
            .exempt(TextForm.noFraming),
            Case(
                "character", .network, 3,
                "TCP is a stream: a character may come in two segments (RFC 3629)",
                needs: ["form"],
                opening + [
                    .isSent("A", "Voldemort: äöü€你", cutInto: [12, 2, 2, 2, 3]), .isShown("A"),
                ]
            )
            .exempt(TextForm.noFraming),
            Case(
                "keyboard", .network, 3, "The keyboard's input may end at once", needs: ["form"],
                [.endsWithoutInput]),
        ]
            + ClientCases.all(
                room,
                network: [
                    "reply.pieces": 5, "server.ends": 5, "server.missing": 4, "behind": 1,
                ]))

    private static let opening = [Step.logsInByKeyboard("A")]

    private static let room = Service(
        values: ["name": NameForm.typedName], typed: NameForm.typedName + "\n",
        enter: { [.logsInByKeyboard($0)] }, begin: { [.typesAndSends($0, "Anyone here?")] },
        reply: { play, _ in
            play[Shown.self].lines.append("Voldemort: Crucio!")
            return ("Voldemort: Crucio!", play[TextForm.self].bytes("Voldemort: Crucio!"))
        },
        understood: { [.isShown($0)] }, noFraming: TextForm.noFraming)
}

/// What a client waits for before it lets its user in.
private struct LoginForm: Finding {
    /// The answer to the login, before the status; `nil` if the status is enough.
    var answer: String?
}

extension Step {
    fileprivate static func userStarts(_ client: String) -> Step {
        Step("client \(client) starts, its user types a name, and it connects") {
            play throws(Miss) in
            try play.startNamed(client)
        }
    }

    /// The client has sent its login, and has got the status.
    fileprivate static func logsInByKeyboard(_ client: String) -> Step {
        Step("client \(client) logs in") { play throws(Miss) in
            try Step.introduces(client).perform(play)
            try play.welcome(client, play[LoginForm.self].answer)
        }
    }

    /// Finds out how the client logs in, and whether it waits for an answer.
    fileprivate static func findsLogin(_ client: String) -> Step {
        Step("client \(client) logs in, and then sends what is typed") { play throws(Miss) in
            var first: Miss?
            for answer in play.contest.reply.map({ [$0] }) ?? [nil, "OK"] {
                play.startOver()
                play[LoginForm.self].answer = answer
                do throws(Miss) {
                    try play.findNameForm(client, then: "Is there anybody?") { () throws(Miss) in
                        try play.welcome(client, answer)
                    }
                    // One that was not let in would wait for an answer after each line.
                    try Step.typesAndSends(client, "Nobody?").perform(play)
                    if let answer { play.findings.words.append("waits for \"\(answer)\"") }
                    return
                } catch {
                    if error.isJudges { throw error }
                    first = first ?? error
                }
            }
            if let first { throw first }
        }
    }

    /// The program has printed something before it had the name.
    fileprivate static func asksForName(_ client: String) -> Step {
        Step("it asks for the name") { play throws(Miss) in
            guard play[NameForm.self].isTyped, !play.contest.names else { return }
            try play.expectOutput(of: client, "a question for the name") { output in
                output.contains { !$0.isWhitespace }
                    && !output.drop(while: \.isWhitespace).hasPrefix("Server: ")
            }
        }
    }

    /// The client says that it quits in any words, or closes; then the judge closes, too.
    fileprivate static func closesAfterQuit(_ client: String) -> Step {
        Step("it leaves") { play throws(Miss) in
            let peer = try play.peer(client)
            guard !peer.buffer.isEmpty || peer.ending != nil || peer.take(until: play.deadline)
            else {
                throw Miss(wanted: "quit, or the end of the stream", got: "nothing", .silence)
            }
            play.note(.says(.client), client, "quit, or the end", peer.buffer)
            try Step.leaves(client).perform(play)
        }
    }
}

extension Play {
    /// What a client gets after its login: an answer if it waits for one, and the status.
    fileprivate func welcome(_ client: String, _ answer: String?) throws(Miss) {
        let form = self[TextForm.self]
        let status = "Server: time=10.01 \(self[NameForm.self].name) has joined. Member count=1"
        let bytes = (answer.map(form.bytes) ?? []) + form.bytes(status)
        try send(bytes, (answer.map { "\($0), " } ?? "") + "the status", on: client)
        waitUntilRead(try peer(client))
    }
}
