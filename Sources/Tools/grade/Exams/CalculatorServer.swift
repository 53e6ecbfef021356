import Conversations
import Sockets

extension Exam {
    static let calculatorServer = Exam(
        "calculator-server",
        [
            Case(
                "start.listen", .sheet, 4,
                "server_address = ('localhost', 10000) server.bind(server_address)",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 9,
                "Modify the calculator server so that it's able to communicate with multiple "
                    + "clients 'simultaneously'.",
                needs: ["start.listen"], [.findsCalculatorForm]),
            calculates("op.plus", 5, "+", [(12, 30), (99, 1), (1_000, 24), (70_000, 5)]),
            calculates("op.minus", 5, "-", [(30, 12), (100, 1), (70_000, 65_000)]),
            calculates("op.times", 5, "*", [(6, 7), (99, 99), (1_000, 300)]),
            calculates("op.divided", 5, "/", [(84, 2), (1, 4), (100, 3), (7, 2)]),
            signs, borders,
            Case(
                "requests.five", .sheet, 9,
                "The client should send 5 requests instead of just one.", needs: ["form"],
                calculator.opening("A") + [
                    .calculates("A", 1, "+", 2), .calculates("A", 9, "-", 4),
                    .calculates("A", 3, "*", 4), .calculates("A", 20, "/", 2),
                    .calculates("A", 8, "+", 9), .calculates("A", 50, "-", 1),
                ]),
            Case(
                "reply.only", .sheet, 3, "communicate with multiple clients 'simultaneously'",
                needs: ["form"],
                calculator.opening("A", "B") + [
                    .calculates("A", 1, "+", 2), .calculates("B", 2, "+", 4),
                    .calculates("A", 3, "+", 8), .calculates("B", 5, "+", 11),
                    .hasNoMore("A"), .hasNoMore("B"),
                ]),
            Case(
                "zero", .network, 2, "A division by zero is the trouble of its asker alone",
                needs: ["form"],
                calculator.opening("A", "B") + [
                    .dividesByZero("B"), .calculates("A", 12, "+", 30), .connects("C"),
                    .calculates("C", 7, "+", 9),
                ]),
        ]
            + ServerCases.all(
                calculator,
                network: [
                    "frame.split": 4, "frame.bytes": 2, "frame.glue": 3, "many.mid": 3,
                    "leave.reset": 3, "leave.mid": 2, "half.close": 1, "garbage": 2, "unread": 1,
                    "crowd": 1, "leaks": 1, "idle": 1, "restart": 1, "stop": 1, "behind": 1,
                    "port.taken": 1,
                ],
                sheet: [
                    "many.silent": (7, "communicate with multiple clients 'simultaneously'"),
                    "many.own": (7, "communicate with multiple clients 'simultaneously'"),
                    "leave.end": (4, "communicate with multiple clients 'simultaneously'"),
                ]))

    private static let calculator = Exchange(
        next: { play, client in
            let left = Double(play.chance.number(in: 10...49))
            let right = Double(play.chance.number(in: 1...9))
            let sign = play.chance.pick(from: ["+", "-"])
            return play.question(CalculatorTask(left, Character(sign), right), by: client)
        },
        garbage: Array("?~!@?~!@?~!@?~!@?~!@?~!@".utf8),
        noFraming: { findings in
            findings[CalculatorRequestForm.self].textEnd == []
                ? "its requests are text without an end: they are neither cut nor glued" : nil
        })

    private static func calculates(
        _ id: String, _ points: Int, _ sign: Character, _ numbers: [(Double, Double)]
    ) -> Case {
        Case(
            id, .sheet, points,
            "Modify the calculator server so that it's able to communicate with multiple clients "
                + "'simultaneously'.", needs: ["form"],
            calculator.opening("A") + numbers.map { .calculates("A", $0, sign, $1) })
    }

    /// Asked only where the numbers have a sign.
    private static var signs: Case {
        var made = Case(
            "signs", .sheet, 4, "the calculator server", needs: ["form"],
            calculator.opening("A") + [
                .calculates("A", 5, "-", 9), .calculates("A", -7, "+", 2),
                .calculates("A", -6, "*", 7), .calculates("A", -6, "*", -7),
                .calculates("A", -7, "-", -9),
            ])
        made.exemption = { findings in
            findings[CalculatorRequestForm.self].isUnsigned ? "its numbers have no sign" : nil
        }
        return made
    }

    /// The greatest numbers that the requests hold, where the replies hold the results.
    private static var borders: Case {
        var made = Case(
            "borders", .sheet, 3, "the calculator server", needs: ["form"],
            calculator.opening("A") + [
                .calculates("A", 2_147_483_647, "-", 1), .calculates("A", 2_147_483_647, "+", 1),
                .calculates("A", 2_147_483_647, "*", 3), .calculatesLeast("A"),
            ])
        made.exemption = { findings in
            let isFloating = findings[CalculatorRequestForm.self].isFloating
            let isBinary = findings[CalculatorReplyForm.self].field != nil
            return isFloating || isBinary
                ? "its formats do not hold these numbers exactly" : nil
        }
        return made
    }
}

extension Play {
    fileprivate func question(_ task: CalculatorTask, by client: String) -> Question {
        let bytes = self[CalculatorRequestForm.self].bytes(task)
        return Question(
            task.words, bytes, by: client,
            wanted: { play in
                let isLast = (try? play.peer(client))?.owed.isEmpty ?? true
                return play.wanted(task, isGlued: !isLast)
            })
    }
}

extension Step {
    fileprivate static func calculates(
        _ client: String, _ left: Double, _ sign: Character, _ right: Double
    ) -> Step {
        let task = CalculatorTask(left, sign, right)
        return Step("\(client) asks \(task.words)") { play throws(Miss) in
            try play.send(play[CalculatorRequestForm.self].bytes(task), task.words, on: client)
            try play.receive(play.wanted(task), on: client)
        }
    }

    /// The least number, where numbers have a sign.
    fileprivate static func calculatesLeast(_ client: String) -> Step {
        Step("\(client) asks for the least number") { play throws(Miss) in
            guard !play[CalculatorRequestForm.self].isUnsigned else { return }
            try Step.calculates(client, -2_147_483_648, "+", 1).perform(play)
        }
    }

    /// Whatever the server makes of it.
    fileprivate static func dividesByZero(_ client: String) -> Step {
        let task = CalculatorTask(5, "/", 0)
        return Step("\(client) asks \(task.words)") { play throws(Miss) in
            try play.send(play[CalculatorRequestForm.self].bytes(task), task.words, on: client)
            play.waitUntilRead(try play.peer(client))
        }
    }
}
