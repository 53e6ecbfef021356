extension Exam {
    static let messageServer = Exam(
        "message-server", arguments: ["{port}"],
        [
            Case(
                "start.listen", .sheet, 8, "srv_sock.bind((\"\", int(sys.argv[1])))",
                [.starts, .connects("A")]),
            Case(
                "form", .sheet, 24, prints, needs: ["start.listen"],
                [.starts] + delivers("A", "this is my message")),
            Case(
                "address", .sheet, 15, prints, needs: ["form"],
                [.starts] + sends("A", "this is my message") + [
                    .printsMessage("this is my message", of: "A")
                ]),
            Case(
                "lines", .sheet, 3, "the string the client sent", needs: ["form"],
                [.starts] + sends("A", "one line\nand another") + [
                    // Between them a program may show the line end as it likes.
                    .prints("one line", "and another")
                ]),
            Case(
                "utf8", .sheet, 6, "print(str(cli_addr) + \": \" + request.decode('utf-8'))",
                needs: ["form"], [.starts] + delivers("A", "zwölf grüße")),
            Case(
                "next", .sheet, 8,
                "When executed properly, the server should wait (block) for new requests.",
                needs: ["form"],
                [.starts] + visit("A", "the first") + visit("B", "the second")
                    + visit("C", "the third")),
            Case(
                "once", .sheet, 5, prints, needs: ["form"],
                [.starts] + visit("A", "the first") + visit("B", "the second") + [
                    .printedOnce("the first")
                ]),
            Case(
                "stop", .sheet, 3,
                "You can terminate the server by hitting Ctrl+C on your keyboard.",
                needs: ["form"],
                [.starts] + visit("A", "the first") + [.interrupts(), .exits("server")]),
            Case(
                "port.taken", .sheet, 3,
                "If the port number you choose is already in use, the code will terminate with an "
                    + "exception", needs: ["form"],
                [.takesPort, .startsOnTakenPort, .failsWithMessage("server")]),
        ] + network)

    /// What the sheet's own program, which is only a starting point, does not do.
    private static let network = [
        Case(
            "long", .network, 4,
            "they make various network-related assumptions; e.g., that incoming messages will "
                + "always be less than 1024 bytes", needs: ["form"],
            [.starts] + delivers("A", (1...400).map { "word \($0)" }.joined(separator: " "))),
        Case(
            "frame.split", .network, 5,
            "or that all of the data sent from the client will have arrived at the server when "
                + "the latter executes its socket.recv() method", needs: ["form"],
            [
                .starts, .connects("A"),
                // The cut goes through a letter.
                .sendsInPieces("A", "zwölf grüße", [3, 2]), .halfCloses("A"),
                .printsText("zwölf grüße"),
            ]),
        Case(
            "leave.end", .network, 3, "A client may leave without a word", needs: ["form"],
            [.starts, .connects("A"), .leaves("A")] + visit("B", "the second")),
        Case(
            "leave.reset", .network, 4,
            "A client may be gone by a reset at any time (RFC 9293, 3.5.2)", needs: ["form"],
            [.starts, .connects("A"), .resets("A")] + visit("B", "the second")),
        Case(
            "garbage", .network, 3,
            "Bytes that are no message are the trouble of their sender alone", needs: ["form"],
            [
                .starts, .connects("A"), .sends("A", "what is no text", [0xff, 0xfe, 0x80]),
                .leaves("A"),
            ] + visit("B", "the second")),
        Case(
            "leaks", .network, 1,
            "Each descriptor of a client that has left is closed (close(2))", needs: ["form"],
            [.starts] + visit("A", "the first") + [
                .comeAndGo(20) { visit($0, "this is \($0)") }
            ]),
        Case(
            "idle", .network, 2, "A server that waits needs no processor time", needs: ["form"],
            [.starts] + visit("A", "the first") + [.isIdle()]),
        Case(
            "restart", .network, 2,
            "SO_REUSEADDR lets a server start again at once on its port (socket(7))",
            needs: ["form"],
            [
                .starts, .connects("A"), .sends("A", "\"the first\"", Array("the first".utf8)),
                Step("the server has read it") { play throws(Miss) in
                    play.waitUntilRead(try play.peer("A"))
                },
                .kills, .seesEnd("A"), .leaves("A"), .startsAgain,
            ] + visit("B", "the second")),
        Case(
            "behind", .network, 1, "A program that has ended leaves no process behind",
            needs: ["form"],
            [.starts] + visit("A", "the first") + [.interrupts(), .leavesNothing("server")]),
    ]

    private static let prints =
        "On reception of a request, it will print the client's address (IP address, port number of "
        + "client port) and the string the client sent."

    private static func sends(_ client: String, _ text: String) -> [Step] {
        [
            .connects(client), .sends(client, "\"\(text.prefix(40))\"", Array(text.utf8)),
            .halfCloses(client),
        ]
    }

    private static func delivers(_ client: String, _ text: String) -> [Step] {
        sends(client, text) + [.printsText(text)]
    }

    private static func visit(_ client: String, _ text: String) -> [Step] {
        delivers(client, text) + [.leaves(client)]
    }
}

extension Step {
    fileprivate static func printsText(_ text: String) -> Step {
        Step("it prints \"\(text.prefix(40))\"") { play throws(Miss) in
            try play.expectOutput(of: "server", "\(text.prefix(40))") { $0.contains(text) }
        }
    }

    /// The address, the port and the text, in any form.
    fileprivate static func printsMessage(_ text: String, of client: String) -> Step {
        Step("it prints \(client)'s address, its port and the text") { play throws(Miss) in
            let peer = try play.peer(client)
            guard let port = try? peer.socket.localAddress.port else {
                throw .notJudged("\(client) has no address")
            }
            try play.expectOutput(of: "server", "127.0.0.1 … \(client)'s port … \(text)") {
                $0.contains("127.0.0.1") && $0.contains("\(port)") && $0.contains(text)
            }
        }
    }

    /// Something that was printed since tells that no second time comes.
    fileprivate static func printedOnce(_ text: String) -> Step {
        Step("\"\(text)\" was printed once") { play throws(Miss) in
            let count = try play.program("server").output.ranges(of: text).count
            guard count > 1 else { return }
            throw Miss(wanted: "\"\(text)\" once", got: "\(count) times")
        }
    }

    fileprivate static func sendsInPieces(
        _ client: String, _ text: String, _ sizes: [Int]
    ) -> Step {
        Step("\(client) sends \"\(text)\" in \(sizes.count + 1) pieces") { play throws(Miss) in
            try play.send(Array(text.utf8), "\"\(text)\"", on: client, cutInto: sizes)
        }
    }
}
