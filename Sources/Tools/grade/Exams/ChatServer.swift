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
                needs: ["start.listen"], [.findsChatForm]),
            Case(
                "example", .sheet, 5, "e.g. [Joseph] She turned me into a newt!", needs: ["form"],
                chat.opening("J") + says("J", "She turned me into a newt!")),
            Case(
                "forward.all", .sheet, 10, "forward it to all other clients", needs: ["form"],
                chat.opening("A", "B", "C") + says("B", heardBy: "Z", "A", "C")
                    + says("Z", heardBy: "C", "B", "A")),
            Case(
                "forward.others", .sheet, 8, "forward it to all other clients", needs: ["form"],
                chat.opening("A", "B") + [.watchesCopies] + says("A")
                    + says("B", heardBy: "A", "Z")),
            Case(
                "forward.each", .sheet, 8,
                "When the server receives a message from a client it should extend it with the "
                    + "original sender’s name and forward it to all other clients.",
                needs: ["form"],
                chat.opening("A") + says("A") + says("A") + says("A") + says("A")),
            Case(
                "newcomer", .sheet, 4,
                "Write a TCP chat application where multiple clients can ‘talk’ to each other "
                    + "through the chat server.", needs: ["form"],
                chat.opening("A") + says("A") + [.joins("N")] + says("A", heardBy: "Z", "N")
                    + says("N", heardBy: "A", "Z")),
            Case(
                "text.utf8", .sheet, 3, "forward it to all other clients", needs: ["form"],
                chat.opening("A") + says("A", "5 €: 你好, ψυχή!")),
            Case(
                "name.long", .sheet, 2, "extend it with the original sender’s name",
                needs: ["form"], chat.opening("L") + says("L")),
            framed(
                "character", 1, "TCP is a stream: a character may come in two segments (RFC 3629)",
                chat.opening("A") + [.saysCutInCharacters("A"), .answered("A")]),
            framed(
                "line.cr", 1, "Telnet and Windows end a line with \\r\\n (RFC 854)",
                chat.opening("A") + [
                    .joins("N", ending: "\r"), .says("N", nil, heardBy: ["Z"], ending: "\r"),
                    .answered("N"),
                ] + says("A")),
            framed(
                "empty", 1, "An empty message is no end of the stream",
                chat.opening("A") + [.sends("A", "an empty message", [10]), .isRead("A")]
                    + says("A") + says("A")),
            Case(
                "leave.talk", .network, 2, "A client may be gone while the server sends (send(2))",
                needs: ["form"],
                [
                    .starts, .joins("A"), .joins("M"), .joins("Z"), .saysAsLeaves("A", "M"),
                    .answered("A"),
                ] + says("A")),
            Case(
                "unread", .network, 2,
                "A client that never reads keeps nobody waiting "
                    + "(send(2) may block)", needs: ["form"],
                chat.opening("A") + [.joins("M", hasLittleRoom: true), .saysMuch("A")]),
        ]
            + ServerCases.all(
                chat,
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

    /// Everything that is said is heard by Zoe, who was there first.
    private static let chat = Exchange(
        enter: { [.joins($0)] }, prepare: [.joins("Z")],
        next: { play, client in
            play[Talk.self].say(client).question(heardBy: ["Z"], play)
        },
        garbage: [0xFF, 0xFE, 0xC0, 0x80, 10], noFraming: TextForm.noFraming)

    private static func says(
        _ client: String, _ text: String? = nil, heardBy listeners: String...
    ) -> [Step] {
        [
            .says(client, text, heardBy: listeners.isEmpty ? ["Z"] : listeners),
            .answered(client),
        ]
    }

    private static func framed(
        _ id: String, _ points: Int, _ sentence: String, _ steps: [Step]
    ) -> Case {
        var made = Case(id, .network, points, sentence, needs: ["form"], steps)
        made.exemption = TextForm.noFraming
        return made
    }
}

extension Step {
    /// A member says something; these others must hear it.
    fileprivate static func says(
        _ client: String, _ text: String?, heardBy listeners: [String], ending: String = ""
    ) -> Step {
        Step("\(client) says " + (text.map { "\"\($0)\"" } ?? "something")) { play throws(Miss) in
            let saying = play[Talk.self].say(client, text)
            let question = saying.question(heardBy: listeners, ending: ending, play)
            try play.send(question.bytes, question.words, on: client)
            try play.peer(client).owed += question.answers
        }
    }

    /// A text whose characters are all cut.
    fileprivate static func saysCutInCharacters(_ client: String) -> Step {
        Step("\(client) says a text, each character cut in two") { play throws(Miss) in
            let question = play[Talk.self].say(client, "äöü€你").question(heardBy: ["Z"], play)
            try play.send(question.bytes, question.words, on: client, cutInto: [1, 2, 2, 2, 3])
            try play.peer(client).owed += question.answers
        }
    }

    /// A member speaks while another one is already gone, which the server cannot know.
    fileprivate static func saysAsLeaves(_ client: String, _ other: String) -> Step {
        Step("\(client) says something, and \(other) resets before it is sent on") {
            play throws(Miss) in
            // Otherwise the server might notice the end before the text.
            play.programs["server"]?.pause()
            defer { play.programs["server"]?.goOn() }
            try Step.says(client, nil, heardBy: ["Z"]).perform(play)
            try Step.resets(other).perform(play)
        }
    }

    /// From now on, nobody may get its own texts back.
    fileprivate static let watchesCopies = Step("the others get what is said, not its sender") {
        play throws(Miss) in
        play[Talk.self].tellsOwn = true
    }

    /// Finds out whether the server knows lines.
    fileprivate static let findsChatForm = Step("A says something, and Z hears it") {
        play throws(Miss) in
        try play.findTextForm { () throws(Miss) in
            play[Talk.self] = Talk()
            for step in [Step.starts, .joins("Z"), .joins("A")] { try step.perform(play) }
            let saying = play[Talk.self].say("A")
            try play.send(play[TextForm.self].bytes(saying.text), "\"\(saying.text)\"", on: "A")
            return try play.receive(.chat(saying, at: "Z", play), on: "Z")
        }
    }
}
