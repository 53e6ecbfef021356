extension Exam {
    static let talkServer = Exam(
        "talk-server", arguments: ["{port}"],
        [
            Case(
                "start.listen", .sheet, 6,
                "The server should, in turn, receive the port number to bind to on the command "
                    + "line", [.starts, .connects("A")]),
            Case(
                "prints", .sheet, 16, loop, needs: ["start.listen"],
                [
                    .starts, .connects("A"), .saysLine("A", "hello server"),
                    .prints("hello server"),
                ]),
            Case(
                "form", .sheet, 16, loop, needs: ["start.listen"],
                [
                    .starts, .connects("A"), .saysLine("A", "hello server"),
                    .types("hello client\n", at: "server"),
                    Step("A hears it") { play throws(Miss) in
                        try play.findTalkForm("hello client", on: "A")
                    },
                ]),
            Case(
                "turns", .sheet, 8, loop, needs: ["form"],
                [
                    .starts, .connects("A"), .types("not yet\n", at: "server"), .staysSilent("A"),
                    .saysLine("A", "hello server"), .hearsLine("A", "not yet"),
                ]),
            Case(
                "loop", .sheet, 8, loop, needs: ["form"],
                [.starts, .connects("A")]
                    + (1...4).flatMap { [.asks("A", talk), .answered("A"), .prints("line \($0)")] }),
            Case(
                "exit.closes", .sheet, 8, exit, needs: ["form"],
                exits + [.seesEnd("A")]),
            Case(
                "exit.next", .sheet, 6, exit, needs: ["exit.closes"],
                exits + [.seesEnd("A"), .leaves("A")] + talk.visit("B")),
            Case(
                "exit.other", .sheet, 4, "the keyword \"EXIT\" on a line of its own",
                needs: ["form"],
                [
                    .starts, .connects("A"), .saysLine("A", "first"),
                    .types("EXIT now\n", at: "server"), .hearsLine("A", "EXIT now"),
                    .saysLine("A", "second"), .types("exit\n", at: "server"),
                    .hearsLine("A", "exit"),
                ]),
            Case(
                "exit.unsent", .page, 0, "EXIT itself is not sent", needs: ["exit.closes"],
                exits + [
                    Step("A sees the end alone") { play throws(Miss) in
                        try play.expectEnd(on: "A", passing: false)
                    }
                ]),
        ] + network
            + ServerCases.all(
                talk,
                network: [
                    "leave.reset": 4, "half.close": 2, "idle": 2, "restart": 1, "stop": 1,
                    "behind": 1, "port.taken": 1,
                ], sheet: ["leave.end": (4, exit)]))

    private static let network = [
        Case(
            "reset.told", .network, 3,
            "Network errors should also be accompanied by an appropriate diagnostic message "
                + "printed on the server screen.", needs: ["form", "prints"],
            // The line first: a line that is printed late is no message about the reset.
            talk.opening("A") + [
                .asks("A", talk), .answered("A"), .prints("line 1"),
                .complains("server", after: .resets("A")),
            ]),
        framed(
            "frame.split", 4, "TCP is a stream: one message may come in two segments",
            [
                .starts, .connects("A"), .types("hello client\n", at: "server"),
                Step("A says \"hello over there\" in two pieces") { play throws(Miss) in
                    let bytes = play.line("hello over there")
                    try play.send(bytes, "\"hello over there\"", on: "A", cutInto: [7])
                },
                .hearsLine("A", "hello client"), .prints("hello over there"),
            ]),
        framed(
            "frame.glue", 3, "TCP is a stream: two messages may come in one segment",
            [
                .starts, .connects("A"), .types("reply 1\nreply 2\n", at: "server"),
                Step("A says two lines in one segment") { play throws(Miss) in
                    let bytes = play.line("one thing") + play.line("and another")
                    try play.send(bytes, "\"one thing\", \"and another\"", on: "A")
                },
                .hearsLine("A", "reply 1"), .hearsLine("A", "reply 2"),
                .prints("one thing", "and another"),
            ]),
        Case(
            "garbage", .network, 2,
            "Bytes that are no message are the trouble of their sender alone", needs: ["form"],
            [
                .starts, .connects("A"), .types("reply\n", at: "server"),
                .sends("A", "what is no text", [0xff, 0xfe, 0x80, 10]), .hearsLine("A", "reply"),
                .leaves("A"),
            ] + talk.visit("B")),
    ]

    private static func framed(
        _ id: String, _ points: Int, _ sentence: String, _ steps: [Step]
    ) -> Case {
        Case(
            id, .network, points, "\(sentence) (RFC 9293, 3.8)", needs: ["form"], steps
        )
        .exempt(TalkForm.noFraming)
    }

    private static let loop =
        "read data sent from the client and print it on the screen, then read data from the "
        + "keyboard and send it to the client, in this order"
    private static let exit =
        "If the local user enters the keyword \"EXIT\" on a line of its own, or the client closes "
        + "the connection, or a network error occurs, the server should close the client socket "
        + "and return to waiting for the next incoming connection."

    private static let exits =
        talk.opening("A") + [
            .asks("A", talk), .answered("A"), .saysLine("A", "bye"), .prints("bye"),
            .types("EXIT\n", at: "server"),
        ]

    /// The reply is typed before the question is asked: its turn comes after it.
    private static let talk = Exchange(
        next: { play, client throws(Miss) in
            play[TalkCount.self].value += 1
            let number = play[TalkCount.self].value
            try Step.types("reply \(number)\n", at: "server").perform(play)
            return Question(
                "\"line \(number)\"", play.line("line \(number)"), by: client,
                wanted: { $0.wantedLine("reply \(number)") })
        },
        noFraming: TalkForm.noFraming, isOneByOne: true)
}
