import Sockets

extension Exam {
    static let helloClient = Exam(
        "hello-client", width: 12,
        [
            Case(
                "connect", .sheet, 15, "s.connect((\"localhost\", 9000))",
                [.clientStarts(), .accepts()]),
            Case(
                "form", .sheet, 35, "msg = b\"Hi Server\"", needs: ["connect"],
                helloService.opening()),
            Case(
                "waits", .sheet, 15, "message_from_server = s.recv(4096)", needs: ["form"],
                helloService.opening() + [.waitsForReply("A")]),
            Case(
                "end", .sheet, 15, "s.close()", needs: ["form"],
                helloService.opening() + [
                    .replies("A", helloService), .halfCloses("A"), .isAllThen("A"), .exits("A"),
                ]),
        ]
            + ClientCases.all(
                helloService, network: ["server.ends": 7, "server.missing": 9, "behind": 4]))

    private static let helloService = Service(
        begin: { [.hearsText($0, "Hi Server")] },
        reply: { _, _ in ("\"Hello in return!\"", Array("Hello in return!".utf8)) },
        understood: { [.seesEnd($0)] })
}

extension Step {
    /// The client does not leave before it has a reply.
    fileprivate static func waitsForReply(_ client: String) -> Step {
        waits("it waits for the reply", client)
    }

    /// The server does not speak before it has the client's message.
    static func saysNothingYet(_ client: String) -> Step {
        waits("it waits for \(client)'s message", client)
    }

    private static func waits(_ words: String, _ client: String) -> Step {
        Step(words) { play throws(Miss) in
            let peer = try play.peer(client)
            // A program that does not wait has spoken or closed at once.
            let hasCome = peer.ending != nil || !peer.buffer.isEmpty
            guard hasCome || peer.take(until: .now + .milliseconds(500)) else {
                return play.note(words)
            }
            let got = peer.ending == nil ? peer.buffer.shown : "the end of the stream"
            throw Miss(wanted: words, got: got)
        }
    }
}
