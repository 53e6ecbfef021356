extension Exam {
    static let echoClient = Exam(
        "echo-client", width: 12,
        [
            Case(
                "connect", .sheet, 8,
                "Initiated by the client, addressed to a machine and port, where the server already "
                    + "awaits connection requests;",
                echoService.start() + [.accepts()]),
            Case(
                "form", .sheet, 25, "read a sentence of bytes received from client",
                needs: ["connect"], echoService.opening()),
            Case(
                "prompt", .sheet, 7, "Input lowercase sequence: ",
                [.clientStarts("A"), .prints("Input lowercase sequence:", at: "A")]
            ),
            Case(
                "shows.reply", .sheet, 25, "Message received: HELLO WORLD!", needs: ["form"],
                echoService.opening() + [
                    .replies("A", echoService), .halfCloses("A"), .prints(judgesReply, at: "A"),
                ]),
            Case(
                "shows.words", .sheet, 7, "Message received: HELLO WORLD!", needs: ["shows.reply"],
                echoService.opening() + [
                    .replies("A", echoService), .halfCloses("A"),
                    .printsLine("Message received:", judgesReply, at: "A"),
                ]),
            Case(
                "end", .sheet, 8, "Closed at the request of either the client or the server;",
                needs: ["form"],
                echoService.opening() + [
                    .replies("A", echoService), .halfCloses("A"), .seesEnd("A"), .exits("A"),
                ]),
        ]
            + ClientCases.all(
                echoService,
                network: [
                    "reply.pieces": 4, "server.ends": 6, "server.missing": 6, "behind": 4,
                ]))

    private static let sentence = "Hello World, it is 7 o'clock!"
    /// Other words than the client's own, so that it cannot know them.
    private static let judgesReply = "GOOD MORNING, THE 42 OF YOU"

    private static let echoService = Service(
        values: ["text": sentence], typed: "\(sentence)\n",
        begin: { [.hearsText($0, sentence)] },
        reply: { play, _ in ("\"\(judgesReply)\"", play[TextEnd.self].bytes(judgesReply)) },
        understood: { [.halfCloses($0), .prints(judgesReply, at: $0)] },
        noFraming: TextEnd.noFraming)
}

extension Step {
    /// The client sends this text, with or without a line end.
    static func hearsText(_ client: String, _ text: String) -> Step {
        Step("\(client) sends \"\(text)\"") { play throws(Miss) in
            var wanted = Wanted.text(text)
            wanted.mistakes.append(
                Mistake("it sends upper case itself", Array(text.uppercased().utf8)))
            let bytes = try play.receive(wanted, on: client)
            play[TextEnd.self].end = bytes.last == 10 ? .line : .nothing
            play.findings.words = [play[TextEnd.self].end.rawValue]
        }
    }
}
