extension Exam {
    static let strftimeClient = Exam(
        "strftime-client", width: 12,
        [
            Case(
                "connect", .sheet, 12, "s.connect((\"localhost\", 9000))",
                strftimeService.start() + [.accepts()]),
            Case(
                "form", .sheet, 25, "formatRequested = data.decode(\"utf-8\")", needs: ["connect"],
                [.findsFormat]),
            Case(
                "shows.reply", .sheet, 25,
                "conn.sendall(datetime.now().strftime(formatRequested).encode(\"utf-8\"))",
                needs: ["form"],
                strftimeService.opening() + [
                    .replies("A", strftimeService), .prints(judgesTime, at: "A"),
                ]),
            Case(
                "loop", .sheet, 10, "Use a loop to keep the connection alive to the client",
                needs: ["shows.reply"],
                service(typing: typedFormat + "\n%Y\n").opening() + [
                    .replies("A", strftimeService), .prints(judgesTime, at: "A"),
                    .hearsFormat("A", "%Y"), .tellsTime("A", "1984"), .prints("1984", at: "A"),
                ]
            ).exempt { $0[FormatSource.self].isOwn },
            Case(
                "end", .sheet, 8, "conn.close()", needs: ["form"],
                strftimeService.opening() + [
                    .replies("A", strftimeService), .inputEnds(at: "A"), .seesEnd("A"), .exits("A"),
                ]),
        ]
            + ClientCases.all(
                strftimeService,
                network: [
                    "reply.pieces": 4, "server.missing": 6, "behind": 4,
                ])
            + [
                Case(
                    "server.ends", .network, 6, "A client whose server is gone ends by itself",
                    needs: ["form"],
                    // It may wait for the next format, and notice nothing meanwhile.
                    strftimeService.opening() + [.leaves("A"), .inputEnds(at: "A"), .exits("A")])
            ])

    /// No time that any clock shows while the judge runs.
    private static let judgesTime = "61:62:63"

    private static let strftimeService = service(typing: typedFormat + "\n")

    private static func service(typing text: String) -> Service {
        Service(
            values: ["text": typedFormat], typed: text,
            endsInput: { $0[FormatSource.self].waitsForEnd },
            begin: { [.hearsFormat($0, typedFormat)] },
            reply: { play, _ in ("\"\(judgesTime)\"", play[TextForm.self].bytes(judgesTime)) },
            understood: { [.prints(judgesTime, at: $0)] }, noFraming: TextForm.noFraming)
    }
}

private let typedFormat = "%H:%M:%S"

/// Where a client takes its formats from.
private struct FormatSource: Finding {
    /// Why nothing that is typed becomes a format.
    var isOwn: String?
    /// It reads all that is typed before it asks.
    var waitsForEnd = false
}

extension Step {
    /// Finds out whether the client asks by itself, and what its text ends with.
    fileprivate static let findsFormat = Step("A sends a format, by itself or when one is typed") {
        play throws(Miss) in
        try play.startClient("A", ["text": typedFormat])
        // Each is done only if nothing comes without it.
        var next: [Step] = [.types(typedFormat + "\n", at: "A"), .inputEnds(at: "A")]
        while !(try play.hasAsked("A")), !next.isEmpty { try next.removeFirst().perform(play) }
        if next.count == 2 {
            play[FormatSource.self].isOwn = "the formats are given when it starts"
        }
        play[FormatSource.self].waitsForEnd = next.isEmpty
        try Step.hearsFormat("A", typedFormat).perform(play)
    }

    /// The client sends this format, or one of its own where it does not ask for any.
    fileprivate static func hearsFormat(_ client: String, _ format: String) -> Step {
        Step("\(client) sends the format") { play throws(Miss) in
            let isOwn = play[FormatSource.self].isOwn != nil
            let right = Wanted.text(format)
            let wanted = Wanted("\"\(format)\"", pattern: right.pattern, mistakes: right.mistakes) {
                bytes, hasEnded in
                let text = String(decoding: bytes, as: UTF8.self)
                guard isOwn, text.contains("%") else { return right.match(bytes, hasEnded) }
                return .found(count: bytes.count, words: "\"\(text.escaped)\"")
            }
            let hasLines = try play.receive(wanted, on: client).last == 10
            play[TextForm.self].hasLines = hasLines
            play.findings.words = [
                hasLines ? "texts that end with \\n" : "texts without a line end"
            ]
        }
    }

    fileprivate static func tellsTime(_ client: String, _ text: String) -> Step {
        Step("\(client) gets \(text)") { play throws(Miss) in
            try play.send(play[TextForm.self].bytes(text), "\"\(text)\"", on: client)
        }
    }
}

extension Play {
    /// Waits until the client has connected and something has come.
    fileprivate func hasAsked(_ client: String) throws(Miss) -> Bool {
        if (try? peer(client)) == nil {
            do throws(Miss) {
                try accept(client)
            } catch {
                guard error.isLate else { throw error }
                return false
            }
        }
        return try peer(client).take(until: deadline)
    }
}
