extension Exam {
    static let strftimeServer = Exam(
        "strftime-server",
        strftimeCases(strftime) + [
            Case(
                "next", .sheet, 8, "Iterative servers process one request at a time",
                needs: ["form"], strftime.opening() + ["A", "B", "C"].flatMap(strftime.visit)
            )
            .exempt(Lifetime.noSecond)
        ]
            + ServerCases.all(
                strftime,
                network: [
                    "frame.split": 2, "frame.bytes": 1, "frame.glue": 2, "leave.end": 2,
                    "leave.reset": 3, "leave.mid": 1, "half.close": 2, "no.arguments": 1,
                    "garbage": 1, "leaks": 1,
                    "idle": 2, "restart": 2, "stop": 1, "behind": 1, "port.taken": 1,
                ]))

    static let threadedServer = Exam(
        "threaded-server",
        strftimeCases(threaded)
            + ServerCases.all(
                threaded,
                network: [
                    "frame.split": 2, "frame.bytes": 1, "frame.glue": 2, "many.mid": 2,
                    "leave.reset": 3, "leave.mid": 1, "half.close": 2, "no.arguments": 1,
                    "garbage": 2, "leaks": 1,
                    "idle": 2, "restart": 1, "stop": 1, "behind": 1, "port.taken": 1,
                ],
                sheet: [
                    "many.silent": (4, "Server must always be ready to accept new connections"),
                    "many.own": (
                        3,
                        "Must allow each client to operate independently (each may be performing "
                            + "different tasks on the server)"
                    ),
                    "leave.end": (1, "Each client is handled by a separate thread"),
                ]))

    /// The service of both servers.
    private static func strftimeCases(_ exchange: Exchange) -> [Case] {
        [
            Case(
                "start.listen", .sheet, 8, "s.bind(('localhost', 5050)) s.listen(1)",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 20,
                "conn.sendall(datetime.now().strftime(formatRequested).encode(\"utf-8\"))",
                needs: ["start.listen"], [.findsStrftimeForm(exchange)]),
            Case(
                "time", .sheet, 16, strftimeSentence, needs: ["form"],
                exchange.opening("A") + [.asksTime("A", ["%H:%M:%S"])]),
            Case(
                "words", .sheet, 12, strftimeSentence, needs: ["form"],
                exchange.opening("A") + [.asksTime("A", ["Today is %A, day %j of %Y; 100%%"])]),
            Case(
                "loop", .sheet, 8, "Use a loop to keep the connection alive to the client",
                needs: ["form"],
                exchange.opening("A") + [.asksTime("A", ["%Y", "%H:%M", "%B", "%d/%m/%y", "%p"])]),
            Case(
                "end", .sheet, 5, "if not data: # end of data = '' break … conn.close()",
                needs: ["form"],
                exchange.opening("A") + [
                    .asksTime("A", ["%Y"]), .halfCloses("A"), .isAllThen("A"),
                ]),
        ]
    }

    private static let strftimeSentence =
        "conn.sendall(datetime.now().strftime(formatRequested).encode(\"utf-8\"))"

    private static let strftime = Exchange(
        next: { play, client in play.nextFormat(client) }, garbage: [0xff, 0xfe, 0x80, 10],
        noFraming: TextForm.noFraming, isOneByOne: true, noSecond: Lifetime.noSecond)

    private static let threaded = Exchange(
        next: { play, client in play.nextFormat(client) }, garbage: [0xff, 0xfe, 0x80, 10],
        noFraming: TextForm.noFraming)
}

/// The format that was asked for last.
private struct LastFormat: Memory {
    var number = 0
}

extension Play {
    /// Formats whose results differ, one after the other, and stay the same for a day.
    fileprivate func nextFormat(_ client: String) -> Question {
        let formats = ["%Y-%m-%d", "%A", "day %j", "%d/%m/%Y", "%B %d", "%y%m%d"]
        self[LastFormat.self].number += 1
        return strftimeQuestion(formats[self[LastFormat.self].number % formats.count], by: client)
    }

    fileprivate func strftimeQuestion(_ format: String, by client: String) -> Question {
        let (span, isFar) = (TimeSpan(), contest.port != nil)
        return Question(
            "\"\(format)\"", self[TextForm.self].bytes(format), by: client,
            wanted: { _ in .time(format, since: span, isFar: isFar) })
    }
}

extension Step {
    fileprivate static func asksTime(_ client: String, _ formats: [String]) -> Step {
        Step("\(client) asks for \(formats.joined(separator: ", "))") { play throws(Miss) in
            for format in formats {
                try play.ask(play.strftimeQuestion(format, by: client), by: client)
                try Step.answered(client).perform(play)
            }
        }
    }

    /// Finds out whether lines are agreed, and whether the server goes on after its first client.
    fileprivate static func findsStrftimeForm(_ exchange: Exchange) -> Step {
        Step("A asks for %Y-%m-%d; then B does") { play throws(Miss) in
            try play.findTextForm { () throws(Miss) in
                try play.startServer()
                try play.connect("A")
                let question = play.strftimeQuestion("%Y-%m-%d", by: "A")
                try play.send(question.bytes, question.words, on: "A")
                return try play.receive(question.answers[0].wanted(play), on: "A")
            }
            guard exchange.isOneByOne else { return }
            play.startOver()
            for step in exchange.opening("A") { try step.perform(play) }
            try Step.asksTime("A", ["%Y"]).perform(play)
            try Step.goesOnOrEnds(exchange).perform(play)
        }
    }
}
