import Protocol

extension Exam {
    static let guessServer = Exam(
        "guess-server",
        [
            Case(
                "start.listen", .sheet, 3,
                "python3 server.py <bind_address> <bind_port> # The pair to be used to bind the "
                    + "socket",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 7,
                "From the client: a single character in binary form, a 32 bit integer. … From the "
                    + "server: the same format as in the case of the client",
                needs: ["start.listen"], [.findsGuessForm]),
            Case(
                "answers", .sheet, 9,
                "Is the chosen number smaller/greater than or in the third case equal to the "
                    + "integer sent by the client.", needs: ["form"],
                guess.opening("A") + [.searches("A")]),
            Case(
                "borders", .sheet, 4, "The server chooses an integer between 1 and 100",
                needs: ["form"],
                guess.opening("A") + [
                    .asks("A", .smaller, 1), .asks("A", .greater, 100), .asks("A", .smaller, 101),
                    .asks("A", .greater, 0),
                ]),
            Case(
                "strict", .sheet, 4, "<: smaller than, >: greater than, =: equal to",
                needs: ["answers"],
                guess.opening("A") + [
                    .searches("A"), .asks("A", .smaller, plus: 0), .asks("A", .greater, plus: 0),
                    .asks("A", .smaller, plus: 1), .asks("A", .greater, plus: -1),
                ]),
            Case(
                "win.you-won", .sheet, 7,
                "The You won and You are out replies are only possible when the client used the "
                    + "'=' operator in its message.", needs: ["answers"],
                guess.opening("A") + wins("A")),
            Case(
                "out.you-are-out", .sheet, 6,
                "The server replies with Yes/No/You won/You are out/End of game messages.",
                needs: ["answers"],
                guess.opening("A") + [.searches("A"), .asks("A", .equal, plus: 1)]),
            Case(
                "out.others", .sheet, 4, "the clients try to guess this number",
                needs: ["out.you-are-out", "win.you-won"],
                guess.opening("A", "B") + [.searches("A"), .asks("A", .equal, plus: 1)]
                    + wins("B")),
            Case(
                "over.others", .sheet, 7,
                "If a client guesses correctly (with the '=' operator ) then the server replies "
                    + "with End of game messages to all other clients.", needs: ["win.you-won"],
                guess.opening("A", "B", "C") + [.asks("B", .smaller, 50)] + wins("A") + [
                    .isTheEnd("B"), .isTheEnd("C", .equal),
                ]),
            Case(
                "over.newcomer", .sheet, 4,
                "The server chooses a new integer after the game has ended and all clients have "
                    + "terminated the connection.", needs: ["over.others"],
                guess.opening("A", "B") + wins("A") + [.leaves("A"), .connects("C")] + [
                    .isTheEnd("C"), .isTheEnd("B"),
                ]),
            Case(
                "new.number", .sheet, 5,
                "The server chooses a new integer after the game has ended and all clients have "
                    + "terminated the connection.", needs: ["win.you-won"],
                guess.opening("A", "B") + wins("A") + [
                    .leaves("A"), .isTheEnd("B"), .leaves("B"), .newGame("C"),
                ] + wins("C")),
            Case(
                "new.differs", .sheet, 2, "The server chooses a new integer",
                needs: ["new.number"], [.starts, .playsGames(5)]),
            Case(
                "new.reset", .network, 1, "The last client may be gone by a reset",
                needs: ["new.number"],
                guess.opening("A", "B") + wins("A") + [
                    .leaves("A"), .isTheEnd("B"), .resets("B"), .newGame("C"),
                ] + wins("C")),
            Case(
                "win.twice", .network, 1,
                "TCP is a stream: two messages may come in one segment (RFC 9293, 3.8)",
                needs: ["win.you-won"],
                guess.opening("A", "B") + [
                    .searches("A"), .winsTwice("A"), .isTheEnd("B"), .hasNotWonAgain("A"),
                ]),
            Case(
                "int.wide", .network, 1, "An integer of 32 bits may have any value (struct, c i)",
                needs: ["form"],
                guess.opening("A") + [
                    .asks("A", .smaller, 256), .asks("A", .greater, 256),
                    .asks("A", .smaller, Int(Int32.max)), .asksLeast("A"),
                    .asks("A", .greater, 100),
                ]),
        ]
            + ServerCases.all(
                guess,
                network: [
                    "frame.split": 3, "frame.bytes": 2, "frame.glue": 3, "many.mid": 2,
                    "leave.reset": 2, "leave.mid": 2, "half.close": 1, "garbage": 1, "unread": 1,
                    "crowd": 1, "leaks": 1, "idle": 2, "restart": 2, "stop": 1, "behind": 1,
                    "port.taken": 1, "no.arguments": 1,
                ],
                sheet: [
                    "many.silent": (
                        3, "The server should be able to handle multiple clients 'simultaneously'."
                    ),
                    "many.own": (
                        3, "The server should be able to handle multiple clients 'simultaneously'."
                    ),
                    "leave.end": (
                        2, "The server should be able to handle multiple clients 'simultaneously'."
                    ),
                ]))

    /// A client asks for comparisons. Whether Yes or No is true is the trouble of other cases.
    private static let guess = Exchange(
        next: { play, client in
            let question = GuessQuestion(
                play.chance.pick(from: [.smaller, .greater]), play.chance.number(in: 2...99))
            let form = play[GuessForm.self]
            return Question(
                "\(question)", form.bytes(question.comparison.rawValue, question.number),
                by: client, wanted: { _ in .guess([.yes, .no], form) })
        },
        garbage: Array("?~!@?~!@".utf8))

    private static func wins(_ client: String) -> [Step] {
        [.searches(client), .asks(client, .equal, plus: 0)]
    }
}
