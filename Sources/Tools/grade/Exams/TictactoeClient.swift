extension Exam {
    static let tictactoeClient = Exam(
        "tictactoe-client", width: 10,
        [
            Case(
                "connect", .sheet, 15, "Client connects to server and sends its name",
                [.joins(tictactoe)]),
            Case(
                "form", .sheet, 25, "Client connects to server and sends its name",
                needs: ["connect"], [.findsTalk(tictactoe)]),
            Case(
                "move", .sheet, 20, "Server requests each player in turn – to make a move",
                needs: ["form"], [.takesTurns(tictactoe, 1)]
            ).exempt(GameClientForm.unknown),
            Case(
                "moves", .sheet, 10, "Server requests each player in turn – to make a move",
                needs: ["form"], [.takesTurns(tictactoe, 2)]
            ).exempt(GameClientForm.unknown),
            Case(
                "end", .sheet, 5, "Server sends “GameEnd” message", needs: ["form"],
                [.takesTurns(tictactoe, 2), .hearsEnd(tictactoe)]
            ).exempt(GameClientForm.unknown),
        ] + tictactoe.network)

    private static let tictactoe = GameClient(
        values: ["name": "Alba", "text": "6237"], typed: ["Alba"], talks: tictactoeTalks,
        entryWords: "the name, Alba", isEntry: { $0.contains("Alba") },
        isTurn: { text, _ in !text.numbers.isEmpty })

    // No cell stands in a row and a column of the same number: a turn that is the same text twice is
    // sent twice.
    private static let tictactoeTalks = [
        GameTalk(
            words: "\"move .........\"", turns: ["6", "2"],
            said: [
                ["Welcome Alba\n", "init@1 Alba Bruno\n", "move .........\n"],
                ["moved Alba 6 .....X...\n", "moved Bruno 9 .....X..O\n", "move .....X..O\n"],
                ["GameEnd abandoned\n"],
            ]),
        GameTalk(
            words: "\"move@---------\"", turns: ["6", "2"],
            said: [
                ["Welcome Alba\n", "init@1@Alba@Bruno\n", "move@---------\n"],
                ["move@-----X--O\n"], ["GameEnd@-X---X--O@nobody\n"],
            ]),
        GameTalk(
            words: "\"Alba, your move? \"", turns: ["1,2", "0,1"],
            said: [
                ["Welcome Alba", "\ninit@101:Alba,Bruno\n", "\nAlba, your move? "],
                ["\nAlba, your move? "], ["\nGameEnd aborted"],
            ]),
    ]
}
