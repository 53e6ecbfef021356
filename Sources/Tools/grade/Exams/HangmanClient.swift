extension Exam {
    static let hangmanClient = Exam(
        "hangman-client", width: 10,
        [
            Case(
                "connect", .sheet, 15, "Clients connect to the server and request for a game",
                [.joins(hangman)]),
            Case(
                "form", .sheet, 25, "Clients connect to the server and request for a game",
                needs: ["connect"], [.findsTalk(hangman)]),
            Case(
                "letter", .sheet, 20, "The client guesses a character", needs: ["form"],
                [.takesTurns(hangman, 1)]
            ).exempt(GameClientForm.unknown),
            Case(
                "letters", .sheet, 10, "The client guesses another character", needs: ["form"],
                [.takesTurns(hangman, 2)]
            ).exempt(GameClientForm.unknown),
            Case(
                "end", .sheet, 5, "The server responds with \"end\" of game signal",
                needs: ["form"], [.takesTurns(hangman, 2), .hearsEnd(hangman)]
            ).exempt(GameClientForm.unknown),
        ] + hangman.network)

    private static let hangman = GameClient(
        values: ["name": "Alba", "text": "eqzjxkvb"], typed: [], talks: hangmanTalks,
        entryWords: "a request for a game", isEntry: nil,
        isTurn: { text, typed in
            text.lowercased().split { !$0.isLetter }.contains { $0 == typed }
        },
        // The next letter is sent whatever was said about the last one.
        showsSense: false)

    /// The word is "letter", and the second letter is one miss too many.
    private static let hangmanTalks = [
        GameTalk(
            words: "\"length 6\"", turns: ["e", "q"],
            said: [["length 6\n"], ["at 2,5\n"], ["none 0\nend lost letter\n"]]),
        GameTalk(
            words: "\"6\"", turns: ["e", "q"], said: [["6"], ["2 5"], ["end lost letter"]]),
        GameTalk(
            words: "\"LENGTH 6 LIVES 1\"", turns: ["e", "q"],
            said: [
                ["LENGTH 6 LIVES 1\r\n"], ["HIT 1,4\r\n"], ["MISS 0\r\nEND LOSE letter\r\n"],
            ]),
        GameTalk(
            words: "\"_ _ _ _ _ _\"", turns: ["e", "q"],
            said: [["_ _ _ _ _ _\n"], ["_ e _ _ e _\n"], ["end lost letter\n"]]),
    ]
}
