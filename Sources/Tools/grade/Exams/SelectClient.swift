import Sockets

extension Exam {
    static let selectClient = Exam(
        "select-client", waits: .seconds(3),
        [
            Case(
                "connect", .sheet, 15,
                "server_address = ('localhost', 10000) client.connect(server_address)",
                select.start() + [.accepts()]),
            Case(
                "form", .sheet, 30, send, needs: ["connect"],
                select.start() + [.accepts(), .findsSelectMessage]),
            Case(
                "reply.ok", .sheet, 25,
                "The server should reply with the b\"OK\" bytestring to all messages.",
                needs: ["form"],
                select.opening() + [
                    .replies("A", select), .types("and goodbye\n", at: "A"), .goesOn("A"),
                ]),
            Case(
                "end", .network, 8, "A client whose input has ended ends by itself",
                needs: ["form"],
                select.opening() + [
                    .replies("A", select), .inputEnds(at: "A"), .isServedToItsEnd("A"),
                ]),
        ]
            + ClientCases.all(select, network: ["server.missing": 14, "behind": 8]))

    private static let send = "multiple clients can send messages to the server"

    /// The message is typed, or given as an argument; some programs send messages of their own.
    private static let select = Service(
        values: ["text": SelectMessage.text], typed: SelectMessage.text + "\n",
        begin: { [.hearsSelectMessage($0)] },
        reply: { _, _ in ("OK", Array("OK".utf8)) },
        understood: { _ in [] })
}

/// What a client sends: what was typed, or a message of its own.
private struct SelectMessage: Finding {
    static let text = "hello over there, all of you"

    var isItsOwn = false

    static let right = Array(text.utf8)
    static let mistakes =
        Mistake.of(text: right) + [
            Mistake("a NUL was added", right + [0]),
            Mistake("only the first word was sent", Array(right.prefix { $0 != 32 })),
            Mistake("only the first 16 bytes were sent", Array(right.prefix(16))),
        ]

    static func isTyped(_ bytes: [UInt8]) -> Bool {
        [[], [10], [13, 10]].contains { bytes == right + $0 }
    }
}

extension Step {
    fileprivate static let findsSelectMessage = Step("A sends a message") { play throws(Miss) in
        let wanted = Wanted("a message", mistakes: SelectMessage.mistakes) { bytes, _ in
            if bytes.isEmpty { return .more }
            if SelectMessage.mistakes.contains(where: { $0.bytes == bytes }) { return .wrong }
            return .found(count: bytes.count, words: "a message")
        }
        let bytes = try play.receive(wanted, on: "A", within: play.patience + play.exam.waits)
        play[SelectMessage.self].isItsOwn = !SelectMessage.isTyped(bytes)
        play.findings.words = [
            SelectMessage.isTyped(bytes) ? "sends what is typed or given" : "sends its own messages"
        ]
    }

    fileprivate static func hearsSelectMessage(_ client: String) -> Step {
        .receives(client) { play in
            let isItsOwn = play[SelectMessage.self].isItsOwn
            return Wanted(isItsOwn ? "a message" : "\"\(SelectMessage.text)\"") { bytes, _ in
                if isItsOwn ? !bytes.isEmpty : SelectMessage.isTyped(bytes) {
                    return .found(count: bytes.count, words: "a message")
                }
                return SelectMessage.right.starts(with: bytes) ? .more : .wrong
            }
        }
    }

    /// After `OK` the client sends its next message, or leaves: it waits for nothing more.
    fileprivate static func goesOn(_ client: String) -> Step {
        Step("\(client) goes on, or leaves") { play throws(Miss) in
            let peer = try play.peer(client)
            _ = peer.take(until: .now + play.patience + play.exam.waits)
            guard peer.buffer.isEmpty, peer.ending == nil else {
                return play.note("\(client) goes on")
            }
            throw Miss(wanted: "the next message, or the end", got: "nothing", .silence)
        }
    }

    /// Each message gets its `OK`, until the client ends.
    fileprivate static func isServedToItsEnd(_ client: String) -> Step {
        Step("\(client) gets OK for all it sends, and ends by itself") { play throws(Miss) in
            let peer = try play.peer(client)
            let end = Instant.now + play.patience + play.exam.waits
            while peer.ending == nil, peer.take(until: end) {
                if !peer.buffer.isEmpty { try? peer.socket.sendAll(Array("OK".utf8)) }
                peer.buffer = []
            }
            _ = try play.expectExit(of: client)
        }
    }
}
