extension Exam {
    static let messageClient = Exam(
        "message-client", arguments: ["{host}", "{port}", "{text}"],
        [
            Case(
                "connect", .sheet, 16, "cli_sock.connect((sys.argv[1], int(sys.argv[2])))",
                [.clientStarts("A", values), .accepts()]),
            Case(
                "form", .sheet, 30,
                "the client sends a string to the server, who then prints it on its screen",
                needs: ["connect"], message.opening()),
            Case(
                "utf8", .sheet, 12, "cli_sock.sendall(sys.argv[3].encode('utf-8'))",
                needs: ["form"],
                [
                    .clientStarts("A", ["text": "zwölf grüße"]), .accepts(),
                    .hearsMessage("A", "zwölf grüße"),
                ]),
            Case(
                "closes", .sheet, 16, "cli_sock.close()", needs: ["form"],
                message.opening() + [.seesEnd("A"), .exits("A")]),
        ]
            + ClientCases.all(message, network: ["server.missing": 18, "behind": 8]))

    private static let values = ["text": "this is my message"]

    private static let message = Service(
        values: values, begin: { [.hearsMessage($0, "this is my message")] },
        reply: { _, _ in ("", []) }, understood: { _ in [] })
}

extension Step {
    /// The text comes, and nothing with it but a line end.
    fileprivate static func hearsMessage(_ client: String, _ text: String) -> Step {
        .receives(client) { _ in
            let right = Array(text.utf8)
            let latin = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            let mistakes = [
                Mistake("a NUL was added", right + [0]),
                Mistake("its letters are those of Latin-1", latin),
                Mistake("the text stands in quotes", [39] + right + [39]),
                Mistake("only the first word was sent", Array(right.prefix { $0 != 32 })),
                Mistake("only the first 16 bytes were sent", Array(right.prefix(16))),
            ]
            return Wanted(
                "\"\(text)\"", pattern: right, mistakes: Mistake.of(text: right) + mistakes
            ) { bytes, _ in
                if [[], [10], [13, 10]].contains(where: { bytes == right + $0 }) {
                    return .found(count: bytes.count, words: "\"\(text)\"")
                }
                return right.starts(with: bytes) ? .more : .wrong
            }
        }
    }
}
