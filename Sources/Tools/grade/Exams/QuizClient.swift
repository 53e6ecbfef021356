extension Exam {
    static let quizClient = Exam(
        "quiz-client", width: 10,
        [
            Case(
                "connect", .sheet, 15, "Clients connect to the server and starts a quiz game",
                [.joins(quiz)]),
            Case(
                "form", .sheet, 25,
                "Clients connect to the server and starts a quiz game (sends her name and the "
                    + "number of questions she wants to play)", needs: ["connect"],
                [.findsTalk(quiz)]),
            Case(
                "shown", .sheet, 5,
                "The server sends a multiple-choice question to the client", needs: ["form"],
                [.hasShown(quiz)]
            ).exempt(GameClientForm.unknown),
            Case(
                "answer", .sheet, 15, "The client answers the questions", needs: ["form"],
                [.takesTurns(quiz, 1)]
            ).exempt(GameClientForm.unknown),
            Case(
                "answers", .sheet, 10,
                "The server sends a multiple-choice question to the client (repeat for n questions)",
                needs: ["form"], [.takesTurns(quiz, 2)]
            ).exempt(GameClientForm.unknown),
            Case(
                "report", .sheet, 5,
                "At the end of the game, the server reports the total number of points of the user",
                needs: ["form"], [.takesTurns(quiz, 2), .hearsEnd(quiz)]
            ).exempt(GameClientForm.unknown),
        ] + quiz.network)

    private static let quiz = GameClient(
        values: ["name": "Alba", "text": "2"], typed: ["Alba", "2"], talks: quizTalks,
        entryWords: "the name, Alba, and the number of questions, 2",
        isEntry: { text in
            text.contains("Alba") && (text.numbers.contains(2) || text.contains("\u{2}"))
        },
        isTurn: { text, typed in
            // A client may send the letter, the place from 1 or from 0, or the words.
            let signs: [String: [String]] = [
                "a": ["a", "1", "0"], "1": ["a", "1", "0"], "b": ["b", "2", "1", "linz"],
                "2": ["b", "2", "1", "linz"],
            ]
            return text.mentions(signs[typed] ?? [])
        },
        shown: ["river", "Danube", "Vienna", "Brenner", "Tyrol"])

    private static let quizTalks: [GameTalk] = {
        // A client may send its name first, and the number when it has been greeted.
        var greeted = quizForms[0]
        greeted.typed = ["Alba", "2"]
        greeted.welcome = ["Welcome Alba\n"]
        return quizForms.dropLast() + [greeted] + quizForms.suffix(1)
    }()

    private static let quizForms = [
        GameTalk(
            words: "\"question 1/2 …\", then \"a) …\"", turns: ["a", "b"],
            said: [
                [
                    "question 1/2 Which one is a river?\n"
                        + "a) Danube\nb) Vienna\nc) Brenner\nd) Tyrol\n"
                ],
                [
                    "correct\nquestion 2/2 Which one is a town?\n"
                        + "a) Elbe\nb) Linz\nc) Rhine\nd) Inn\n"
                ],
                ["correct\nscore 2/2\nrank 1 of 1\n"],
            ]),
        GameTalk(
            words: "\"Question 1: …\", then \"A) …\"", turns: ["a", "b"],
            said: [
                ["Question 1: Which one is a river?\n  A) Danube\n  B) Vienna\n  C) Brenner"],
                ["Question 2: Which one is a town?\n  A) Elbe\n  B) Linz\n  C) Rhine"],
                ["END Alba, you have 2 of 2 points."],
            ]),
        GameTalk(
            words: "JSON", turns: ["1", "2"],
            said: [
                [
                    "{\"type\": \"question\", \"nr\": 1, \"text\": \"Which one is a river?\", "
                        + "\"choices\": [\"Danube\", \"Vienna\", \"Brenner\"]}\n"
                ],
                [
                    "{\"type\": \"question\", \"nr\": 2, \"text\": \"Which one is a town?\", "
                        + "\"choices\": [\"Elbe\", \"Linz\", \"Rhine\"]}\n"
                ],
                ["{\"type\": \"result\", \"name\": \"Alba\", \"points\": 2, \"of\": 2}\n"],
            ]),
        GameTalk(
            words: "\"QUESTION|…|…\"", typed: ["r", "Alba", "secret", "2"], welcome: ["OK|0\n"],
            turns: ["a", "b"],
            said: [
                ["QUESTION|Which one is a river?|Danube|Vienna|Brenner|Tyrol\n"],
                ["RIGHT\nQUESTION|Which one is a town?|Elbe|Linz|Rhine|Inn\n"],
                ["RIGHT\nRESULT|2|2|2|1|1\n"],
            ]),
    ]
}
