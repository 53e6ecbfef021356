extension Exam {
    static let talkClient = Exam(
        "talk-client",
        [
            Case(
                "connect", .sheet, 6,
                "The client should receive the remote host name and port number on the command "
                    + "line",
                talk.start() + [.accepts()]),
            Case(
                "form", .sheet, 18, loop, needs: ["connect"],
                talk.start() + [
                    .accepts(),
                    Step("A hears it") { play throws(Miss) in
                        try play.findTalkForm("hello server", on: "A")
                    },
                ]),
            Case(
                "prints", .sheet, 18, loop, needs: ["form"],
                talk.opening() + [
                    .saysLine("A", "hello client"), .prints("hello client", at: "A"),
                ]),
            Case(
                "turns", .sheet, 8, loop, needs: ["form"],
                talk.opening() + [
                    .types("not yet\n", at: "A"), .staysSilent("A"), .saysLine("A", "your turn"),
                    .hearsLine("A", "not yet"),
                ]),
            Case(
                "loop", .sheet, 4, loop, needs: ["form"],
                talk.opening()
                    + (1...3).flatMap { number -> [Step] in
                        [
                            .saysLine("A", "reply \(number)"), .prints("reply \(number)", at: "A"),
                            .types("line \(number)\n", at: "A"), .hearsLine("A", "line \(number)"),
                        ]
                    }),
            Case(
                "exit.ends", .sheet, 8, exit, needs: ["form"],
                exits + [.seesEnd("A"), .exits("A")]),
            Case(
                "exit.other", .sheet, 4,
                "the keyword \"EXIT\" on a line of its own (no leading spaces)", needs: ["form"],
                talk.opening() + [
                    .saysLine("A", "first"), .types(" EXIT\n", at: "A"),
                    .receives("A") { _ in .text(" EXIT", "EXIT") }, .saysLine("A", "second"),
                    .types("exit\n", at: "A"), .hearsLine("A", "exit"),
                ]),
            Case(
                "server.closes", .sheet, 8,
                "the server closes the connection, or a network error occurs. In the latter case, "
                    + "the client should print a diagnostic message, while in any other case it "
                    + "should just exit.", needs: ["form"],
                talk.opening() + [.leaves("A"), .exits("A")]),
            Case(
                "exit.unsent", .page, 0, "EXIT itself is not sent", needs: ["exit.ends"],
                exits + [
                    Step("A sees the end alone") { play throws(Miss) in
                        try play.expectEnd(on: "A", passing: false)
                    }
                ]),
            Case(
                "reset.told", .network, 6,
                "In the latter case, the client should print a diagnostic message",
                needs: ["form"],
                talk.opening() + [.complains("A", after: .resets("A")), .exits("A")]),
            pieces,
            Case(
                "end", .network, 3, "A client whose input has ended ends by itself",
                needs: ["form"],
                talk.opening() + [
                    .saysLine("A", "your turn"), .prints("your turn", at: "A"),
                    .inputEnds(at: "A"), .exits("A"),
                ]),
        ]
            + ClientCases.all(talk, network: ["server.missing": 8, "behind": 4]))

    private static var pieces: Case {
        Case(
            "reply.pieces", .network, 5,
            "TCP is a stream: a reply may come a byte at a time (RFC 9293, 3.8)", needs: ["form"],
            talk.opening() + [
                .repliesByteByByte("A", talk), .prints("hello client", at: "A"),
            ]
        )
        .exempt(TalkForm.noFraming)
    }

    private static let loop =
        "read data from the keyboard and send it to the server whenever a newline is detected "
        + "(Enter key pressed), then read data from the server and print it on the screen, in this "
        + "order"
    private static let exit =
        "until either the local user enters the keyword \"EXIT\" on a line of its own (no leading "
        + "spaces), the server closes the connection, or a network error occurs"

    private static let exits =
        talk.opening() + [
            .saysLine("A", "your turn"), .prints("your turn", at: "A"), .types("EXIT\n", at: "A"),
        ]

    private static let talk = Service(
        typed: "hello server\n", begin: { [.hearsLine($0, "hello server")] },
        reply: { play, _ in ("\"hello client\"", play.line("hello client")) },
        understood: { _ in [] }, noFraming: TalkForm.noFraming)
}
