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
                    + "with the sender's name.", needs: ["start.listen"], [room.findsForm]),
            Case(
                "broadcast.all", .sheet, 8,
                "Also, whatever each user types is broadcast to all clients.", needs: ["form"],
                room.opening("A", "B", "C") + room.says("B", heardBy: "Z", "A", "C")
                    + room.says("Z", heardBy: "C", "B", "A")),
            Case(
                "broadcast.each", .sheet, 8,
                "Also, whatever each user types is broadcast to all clients.", needs: ["form"],
                room.opening("A") + room.says("A") + room.says("A") + room.says("A")
                    + room.says("A")),
            Case(
                "join.status", .sheet, 8,
                "Whenever any interesting event happens, (such as new user logging in or leaving "
                    + "the chat room) the status is broadcast to all connected clients.",
                needs: ["form"],
                room.opening("A") + room.says("A") + [
                    .logsIn("B"), .isTold("Z", about: "Ben"), .isTold("A", about: "Ben"),
                ]),
            Case(
                "leave.status", .sheet, 8,
                "Whenever any interesting event happens, (such as new user logging in or leaving "
                    + "the chat room) the status is broadcast to all connected clients.",
                needs: ["form"],
                room.opening("A", "B") + room.says("B", heardBy: "A", "Z") + [
                    .quits("B"), .isTold("Z", about: "Ben"), .isTold("A", about: "Ben"),
                ]),
            Case(
                "unique", .sheet, 8, "each client needs to have a unique name",
                needs: ["join.status"],
                [.starts, .logsIn("Z"), .logsIn("A"), .isToldOfJoin("Z", of: "Anna")] + [
                    .logsIn("C", as: "Anna"), .isRefused("C"), .logsIn("D"),
                    .isTold("Z", about: "Dora", notAgain: "Anna"),
                ] + room.says("A", heardBy: "Z", "D") + room.says("Z", heardBy: "A")),
            Case(
                "unique.again", .sheet, 4,
                "It allows client processes to login to the chat room (each client needs to have a "
                    + "unique name).", needs: ["unique"],
                room.opening("A") + room.says("A") + [
                    .logsIn("C", as: "Anna"), .isRefused("C"),
                    .logsInAgain("C", as: "Cleo", toldTo: "Z"),
                ] + room.says("C")),
            Case(
                "unique.free", .sheet, 3,
                "The server keeps track of all the clients that are currently logged in.",
                needs: ["unique", "leave.status"],
                room.opening("A") + room.says("A") + [
                    .quits("A"), .isTold("Z", about: "Anna"), .logsIn("N", as: "Anna"),
                    .isTold("Z", about: "Anna"),
                ] + room.says("Z", heardBy: "N")),
            Case(
                "text.utf8", .sheet, 2,
                "Also, whatever each user types is broadcast to all clients.", needs: ["form"],
                room.opening("A") + room.says("A", "5 €: 你好, ψυχή!")),
            Case(
                "leave.closed", .network, 2, "A user may leave without a word (RFC 9293, 3.6)",
                needs: ["leave.status"],
                room.opening("A", "B") + room.says("A") + room.says("B") + [
                    .leaves("A"), .isTold("Z", about: "Anna"), .resets("B"),
                    .isTold("Z", about: "Ben"),
                ]),
        ]
            + room.network
            + ServerCases.all(
                room.exchange,
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

    private static let room = Room(
        joins: { .logsIn($0, ending: $1, hasLittleRoom: $2) },
        heard: { .room($0, at: $1, $2) },
        notice: { play, saying, bytes in play[RoomWords.self].note(saying, in: bytes) })
}
