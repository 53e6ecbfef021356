extension Exam {
    static let chatServer = Exam(
        "chat-server",
        [
            Case(
                "start.listen", .sheet, 4,
                "After establishing the connection, the clients should send their name to the "
                    + "server.",
                [.starts, .joins("A")]),
            Case(
                "form", .sheet, 14,
                "When the server receives a message from a client it should extend it with the "
                    + "original sender’s name and forward it to all other clients. Form:[<name>]",
                needs: ["start.listen"], [chat.findsForm]),
            Case(
                "example", .sheet, 5, "e.g. [Joseph] She turned me into a newt!", needs: ["form"],
                chat.opening("J") + chat.says("J", "She turned me into a newt!")),
            Case(
                "forward.all", .sheet, 10, "forward it to all other clients", needs: ["form"],
                chat.opening("A", "B", "C") + chat.says("B", heardBy: "Z", "A", "C")
                    + chat.says("Z", heardBy: "C", "B", "A")),
            Case(
                "forward.others", .sheet, 8, "forward it to all other clients", needs: ["form"],
                chat.opening("A", "B") + [.watchesCopies] + chat.says("A")
                    + chat.says("B", heardBy: "A", "Z")),
            Case(
                "forward.each", .sheet, 8,
                "When the server receives a message from a client it should extend it with the "
                    + "original sender’s name and forward it to all other clients.",
                needs: ["form"],
                chat.opening("A") + chat.says("A") + chat.says("A") + chat.says("A")
                    + chat.says("A")),
            Case(
                "newcomer", .sheet, 4,
                "Write a TCP chat application where multiple clients can ‘talk’ to each other "
                    + "through the chat server.", needs: ["form"],
                chat.opening("A") + chat.says("A") + [chat.join("N")]
                    + chat.says("A", heardBy: "Z", "N")
                    + chat.says("N", heardBy: "A", "Z")),
            Case(
                "text.utf8", .sheet, 3, "forward it to all other clients", needs: ["form"],
                chat.opening("A") + chat.says("A", "5 €: 你好, ψυχή!")),
            Case(
                "name.long", .sheet, 2, "extend it with the original sender’s name",
                needs: ["form"], chat.opening("L") + chat.says("L")),
            Case(
                "leave.talk", .network, 2, "A client may be gone while the server sends (send(2))",
                needs: ["form"],
                [.starts] + ["A", "M", "Z"].map(chat.join)
                    + [.unnoticed(chat.saying("A"), .resets("M")), .answered("A")]
                    + chat.says("A")),
        ]
            + chat.network
            + ServerCases.all(
                chat.exchange,
                network: [
                    "frame.split": 3, "frame.bytes": 2, "frame.glue": 2, "many.silent": 2,
                    "many.mid": 2, "leave.reset": 2, "leave.mid": 1, "half.close": 1, "crowd": 1,
                    "leaks": 1, "idle": 1, "restart": 1, "stop": 1, "behind": 1, "port.taken": 1,
                    "garbage": 1,
                ],
                sheet: [
                    "many.own": (
                        8,
                        "When the server receives a message from a client it should extend it "
                            + "with the original sender’s name"
                    ),
                    "leave.end": (
                        4,
                        "Write a TCP chat application where multiple clients can ‘talk’ to each "
                            + "other through the chat server."
                    ),
                ]))

    private static let chat = Room(
        joins: { .joins($0, ending: $1, hasLittleRoom: $2) },
        heard: { .chat($0, at: $1, $2) })
}

extension Step {
    /// The server can notice none of this before the last.
    fileprivate static func unnoticed(_ steps: Step...) -> Step {
        let words = steps.map(\.words).joined(separator: ", and ")
        return Step("\(words) before the server goes on") { play throws(Miss) in
            play.programs["server"]?.pause()
            defer { play.programs["server"]?.goOn() }
            for step in steps { try step.perform(play) }
        }
    }

    /// From now on, nobody may get its own texts back.
    fileprivate static let watchesCopies = Step("the others get what is said, not its sender") {
        play throws(Miss) in
        play[Talk.self].tellsOwn = true
    }
}
