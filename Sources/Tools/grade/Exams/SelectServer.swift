extension Exam {
    static let selectServer = Exam(
        "select-server",
        [
            Case(
                "start.listen", .sheet, 5,
                "server_address = ('localhost', 10000) server.bind(server_address)",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 20,
                "The server should reply with the b\"OK\" bytestring to all messages.",
                needs: ["start.listen"], [.findsSelectForm]),
            Case(
                "reply.bytes", .sheet, 10,
                "The server should reply with the b\"OK\" bytestring to all messages.",
                needs: ["form"],
                select.opening("A") + [
                    .asks("A", select), .receives("A") { _ in exact }, .hasNoMore("A"),
                ]),
            Case(
                "reply.all", .sheet, 15,
                "The server should reply with the b\"OK\" bytestring to all messages.",
                needs: ["form"],
                select.opening("A")
                    + (1...5).flatMap { _ in [.asks("A", select), .answered("A")] }),
            Case(
                "reply.only", .sheet, 5, "multiple clients can send messages to the server",
                needs: ["form"],
                select.opening("A", "B") + [
                    .asks("A", select), .answered("A"), .asks("B", select), .answered("B"),
                    .asks("A", select), .answered("A"), .asks("A", select), .answered("A"),
                    .hasNoMore("A"), .hasNoMore("B"),
                ]),
        ]
            + ServerCases.all(
                select,
                network: [
                    "leave.reset": 5, "half.close": 3, "garbage": 3, "crowd": 2, "leaks": 2,
                    "idle": 3, "restart": 2, "stop": 2, "behind": 1, "port.taken": 2,
                ],
                sheet: [
                    "many.silent": (8, "multiple clients can send messages to the server"),
                    "many.own": (7, "multiple clients can send messages to the server"),
                    "leave.end": (5, "multiple clients can send messages to the server"),
                ]))

    /// Short messages: the sheet's own `recv` takes 16 bytes.
    private static let select = Exchange(
        next: { play, client in
            let text = "message \(play.chance.number(in: 1...99))"
            return Question(
                "\"\(text)\"", play[SelectForm.self].bytes(text), by: client,
                wanted: { .ok($0[SelectForm.self]) })
        },
        garbage: [0xff, 0xfe, 0x00, 0x80])

    private static let exact = Wanted(
        "OK", pattern: Array("OK".utf8),
        mistakes: [
            Mistake("a line end was added", Array("OK\n".utf8)),
            Mistake("a line end was added", Array("OK\r\n".utf8)),
            Mistake("a NUL was added", Array("OK\0".utf8)),
        ]
    ) { bytes, _ in
        let right = Array("OK".utf8)
        if bytes == right { return .found(count: 2, words: "OK") }
        return right.starts(with: bytes) ? .more : .wrong
    }
}

/// What a server of Exercise I chose where the sheet is silent, or did wrong at the end of its reply.
private struct SelectForm: Finding {
    /// What stands after `OK`: nothing by the sheet.
    var tail: [UInt8] = []
    /// Its messages end with `\n`; otherwise a message is what one send brings.
    var hasLines = false

    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) + (hasLines ? [10] : []) }

    static let tails: [[UInt8]] = [[], [10], [13, 10], [0]]
}

extension Wanted {
    /// `OK`, and what this server puts after it.
    fileprivate static func ok(_ form: SelectForm) -> Wanted {
        let text = Array("OK".utf8)
        return .bytes(
            text + form.tail, "OK",
            mistakes: Mistake.of(text: text) + [
                Mistake("the letters are small", Array("ok".utf8))
            ])
    }
}

extension Step {
    /// Finds out whether the server needs a line end, and what it puts after its reply.
    fileprivate static let findsSelectForm = Step("A sends a message, and then the end") {
        play throws(Miss) in
        try play.startServer()
        try play.connect("A")
        let peer = try play.peer("A")
        let message = Array("hello".utf8)
        try play.send(message, "\"hello\"", on: "A")
        if !play.contest.isBare, !peer.take(until: play.deadline) {
            play[SelectForm.self].hasLines = true
            play.findings.words = ["messages end with \\n"]
            try play.send([10], "a line end", on: "A")
            _ = peer.take(until: play.deadline)
        }
        try Step.halfCloses("A").perform(play)
        peer.waitForEnd(until: play.deadline)
        let found = SelectForm.tails.first { peer.buffer == Array("OK".utf8) + $0 }
        play[SelectForm.self].tail = found ?? []
        try play.receive(.ok(play[SelectForm.self]), on: "A")
        try Step.hasNoMore("A").perform(play)
    }
}
