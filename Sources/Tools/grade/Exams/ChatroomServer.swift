extension Exam {
    static let chatroomServer = Exam(
        "chatroom-server",
        [
            Case(
                "start.listen", .sheet, 3,
                "It allows client processes to login to the chat room", [.starts, .logsIn("A")]),
            Case(
                "form", .sheet, 13,
                "After logging in, whatever lines the user types is broadcast to all clients along "
                    + "with the sender's name.", needs: ["start.listen"], [.findsRoomForm]),
            Case(
                "broadcast.all", .sheet, 8,
                "Also, whatever each user types is broadcast to all clients.", needs: ["form"],
                room.opening("A", "B", "C") + says("B", heardBy: "Z", "A", "C")
                    + says("Z", heardBy: "C", "B", "A")),
            Case(
                "broadcast.each", .sheet, 8,
                "Also, whatever each user types is broadcast to all clients.", needs: ["form"],
                room.opening("A") + says("A") + says("A") + says("A") + says("A")),
            Case(
                "join.status", .sheet, 8,
                "Whenever any interesting event happens, (such as new user logging in or leaving "
                    + "the chat room) the status is broadcast to all connected clients.",
                needs: ["form"],
                room.opening("A") + says("A") + [
                    .logsIn("B"), .isTold("Z", about: "Ben"), .isTold("A", about: "Ben"),
                ]),
            Case(
                "leave.status", .sheet, 8,
                "Whenever any interesting event happens, (such as new user logging in or leaving "
                    + "the chat room) the status is broadcast to all connected clients.",
                needs: ["form"],
                room.opening("A", "B") + says("B", heardBy: "A", "Z") + [
                    .quits("B"), .isTold("Z", about: "Ben"), .isTold("A", about: "Ben"),
                ]),
            Case(
                "unique", .sheet, 8, "each client needs to have a unique name",
                needs: ["join.status"],
                [.starts, .logsIn("Z"), .logsIn("A"), .isToldOfJoin("Z", of: "Anna")] + [
                    .logsIn("C", as: "Anna"), .isRefused("C"), .logsIn("D"),
                    .isTold("Z", about: "Dora", notAgain: "Anna"),
                ] + says("A", heardBy: "Z", "D") + says("Z", heardBy: "A")),
            Case(
                "unique.again", .sheet, 4,
                "It allows client processes to login to the chat room (each client needs to have a "
                    + "unique name).", needs: ["unique"],
                room.opening("A") + says("A") + [
                    .logsIn("C", as: "Anna"), .isRefused("C"),
                    .logsInAgain("C", as: "Cleo", toldTo: "Z"),
                ] + says("C")),
            Case(
                "unique.free", .sheet, 3,
                "The server keeps track of all the clients that are currently logged in.",
                needs: ["unique", "leave.status"],
                room.opening("A") + says("A") + [
                    .quits("A"), .isTold("Z", about: "Anna"), .logsIn("N", as: "Anna"),
                    .isTold("Z", about: "Anna"),
                ] + says("Z", heardBy: "N")),
            Case(
                "text.utf8", .sheet, 2,
                "Also, whatever each user types is broadcast to all clients.", needs: ["form"],
                room.opening("A") + says("A", "5 €: 你好, ψυχή!")),
            Case(
                "leave.closed", .network, 2, "A user may leave without a word (RFC 9293, 3.6)",
                needs: ["leave.status"],
                room.opening("A", "B") + says("A") + says("B") + [
                    .leaves("A"), .isTold("Z", about: "Anna"), .resets("B"),
                    .isTold("Z", about: "Ben"),
                ]),
            framed(
                "character", 1, "TCP is a stream: a character may come in two segments (RFC 3629)",
                room.opening("A") + [.saysCutInCharacters("A"), .answered("A")]),
            framed(
                "line.cr", 1, "Telnet and Windows end a line with \\r\\n (RFC 854)",
                room.opening("A") + [
                    .logsIn("N", ending: "\r"), .saysInRoom("N", nil, ["Z"], ending: "\r"),
                    .answered("N"),
                ] + says("A")),
            framed(
                "empty", 1, "An empty message is no end of the stream",
                room.opening("A") + [.sends("A", "an empty message", [10]), .isRead("A")]
                    + says("A")),
            Case(
                "unread", .network, 2,
                "A client that never reads keeps nobody waiting "
                    + "(send(2) may block)", needs: ["form"],
                room.opening("A") + [.logsIn("M", hasLittleRoom: true), .saysMuch("A")]),
        ]
            + ServerCases.all(
                room,
                network: [
                    "frame.split": 2, "frame.bytes": 2, "frame.glue": 2, "many.silent": 2,
                    "many.mid": 1, "leave.reset": 2, "leave.mid": 1, "half.close": 1, "crowd": 1,
                    "leaks": 1, "idle": 1, "restart": 1, "stop": 1, "behind": 1, "port.taken": 1,
                    "garbage": 1,
                ],
                sheet: [
                    "many.own": (5, "broadcast to all clients along with the sender's name"),
                    "leave.end": (
                        2, "The server keeps track of all the clients that are currently logged in."
                    ),
                ]))

    /// Everything that is said is heard by Zoe, who was there first.
    private static let room = Exchange(
        enter: { [.logsIn($0)] }, prepare: [.logsIn("Z")],
        next: { play, client in
            play[Talk.self].say(client).question(inRoom: ["Z"], play)
        },
        garbage: [0xFF, 0xFE, 0xC0, 0x80, 10], noFraming: TextForm.noFraming)

    private static func says(
        _ client: String, _ text: String? = nil, heardBy listeners: String...
    ) -> [Step] {
        [
            .saysInRoom(client, text, listeners.isEmpty ? ["Z"] : listeners), .answered(client),
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
    fileprivate static func saysInRoom(
        _ client: String, _ text: String?, _ listeners: [String], ending: String = ""
    ) -> Step {
        Step("\(client) says " + (text.map { "\"\($0)\"" } ?? "something")) { play throws(Miss) in
            let saying = play[Talk.self].say(client, text)
            let question = saying.question(inRoom: listeners, ending: ending, play)
            try play.send(question.bytes, question.words, on: client)
            try play.peer(client).owed += question.answers
        }
    }

    /// A text whose characters are all cut.
    fileprivate static func saysCutInCharacters(_ client: String) -> Step {
        Step("\(client) says a text, each character cut in two") { play throws(Miss) in
            let question = play[Talk.self].say(client, "äöü€你").question(inRoom: ["Z"], play)
            try play.send(question.bytes, question.words, on: client, cutInto: [1, 2, 2, 2, 3])
            try play.peer(client).owed += question.answers
        }
    }

    /// Finds out whether the server knows lines.
    fileprivate static let findsRoomForm = Step("A says something, and Z hears it") {
        play throws(Miss) in
        try play.findTextForm { () throws(Miss) in
            play[Talk.self] = Talk()
            for step in [Step.starts, .logsIn("Z"), .logsIn("A")] { try step.perform(play) }
            let saying = play[Talk.self].say("A")
            let text = play.contest.said(saying.text)
            try play.send(play[TextForm.self].bytes(text), "\"\(saying.text)\"", on: "A")
            return try play.receive(.room(saying, at: "Z", play), on: "Z")
        }
    }
}
