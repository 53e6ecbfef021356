/// How one server of a game talks, where the sheet leaves the form of its texts open. A client knows
/// only the form of its own server.
struct GameTalk: Sendable {
    /// The form for the report.
    let words: String
    /// What the user types at the start, if it is something else than in the other forms.
    var typed: [String]?
    /// The replies to the client's first messages, before its entry is whole.
    var welcome: [String] = []
    /// What the user types at each turn.
    let turns: [String]
    /// What the server says before the first turn, before the second one, and at the end.
    let said: [[String]]

    /// Each of its texts ends with a line end.
    var hasLines: Bool {
        (welcome + said.joined()).allSatisfy { $0.last?.isNewline == true }
    }
}

/// How a client of a game is judged: what its user types must arrive, whatever the form.
struct GameClient: Sendable {
    /// What stands for the placeholders: a client may take its name and its turns as arguments.
    let values: [String: String]
    /// What the user types at the start, where the client gets no such arguments.
    let typed: [String]
    let talks: [GameTalk]
    let entryWords: String
    /// Whether what has come is the client's whole entry; `nil` if it need not say anything.
    let isEntry: (@Sendable (String) -> Bool)?
    /// Whether a text of the client's tells the turn that the user has typed.
    let isTurn: @Sendable (_ text: String, _ typed: String) -> Bool
    /// Words of the first turn of which a client shows at least one.
    var shown: [String] = []
    /// Whether it can be seen that a text of the server's was understood: the user's turn depends on
    /// it.
    var showsSense = true

    /// The cases that follow from the network, the same for each game.
    var network: [Case] {
        let begins = Step("client A starts, connects and enters") { play throws(Miss) in
            try play.enterGame(self, talks[play[GameClientForm.self].talk ?? 0])
        }
        let typed = typed.map { "\($0)\n" }.joined()
        let pieces = Case(
            "reply.pieces", .network, 5,
            "TCP is a stream: a reply may come a byte at a time (RFC 9293, 3.8)", needs: ["form"],
            [.takesTurnInPieces(self)]
        ).exempt(GameClientForm.noLines)
        return (showsSense ? [pieces] : []) + [
            Case(
                "server.ends", .network, showsSense ? 5 : 10,
                "A client whose server is gone ends by itself",
                needs: ["form"], [begins, .leaves("A"), .exits("A")]),
            Case(
                "over", .network, 5, "A client whose server and input have ended has nothing to do",
                needs: ["form"],
                [
                    .takesTurns(self, 2), .hearsEnd(self), .inputEnds(at: "A"), .leaves("A"),
                    .exits("A"),
                ]
            ).exempt(GameClientForm.unknown),
        ]
            + ClientCases.all(
                Service(
                    values: values, typed: typed, begin: { _ in [] }, reply: { _, _ in ("", []) },
                    understood: { _ in [] }), network: ["server.missing": 5, "no.arguments": 2])
            + [
                Case(
                    "behind", .network, 3, "A program that has ended leaves no process behind",
                    needs: ["form"], [begins, .leaves("A"), .leavesNothing("A")])
            ]
    }
}

/// The form of a client's server, if it is one that is known.
struct GameClientForm: Finding {
    var talk: Int?
    /// It has shown something of the first turn, as far as that was looked at.
    var shows = true
    /// The client ends its own texts with a line end.
    var hasLines = false

    static let unknown: @Sendable (Findings) -> String? = { findings in
        findings[GameClientForm.self].talk == nil
            ? "the form of its server's texts is not known" : nil
    }

    static let noLines: @Sendable (Findings) -> String? = { findings in
        let hasLines = findings[GameClientForm.self].hasLines
        return unknown(findings)
            ?? (hasLines ? nil : "its texts have no end that both sides know: they are not cut")
    }
}
