import Foundation
import Testing

/// Unit B3, Lab tasks: the client's side of a talk, and both sides with each other.
struct TalkClientTests {
    @Test func eachSideSendsALineInItsTurn() throws {
        try withTalkClient { client, server in
            try client.write("hello\n")
            #expect(try server.receiveOnce() == Array("hello\n".utf8))
            try server.send("hi there\r\n")
            try client.waitForLine(containing: "hi there")
            try client.write("how are you?\r\n")
            try server.expectLine("how are you?")
            try server.send("fine\n")
            try client.waitForLine(containing: "fine")
            try client.write("EXIT\n")
            // It is not sent.
            try expectEnd(of: client, at: server)
            #expect(client.standardOutput == "hi there\nfine\n")
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func onlyEXITAloneOnItsLineEndsIt() throws {
        try withTalkClient { client, server in
            for line in [" EXIT", "exit", "EXIT ", "Exit", "EXITS", "\tEXIT", ""] {
                try client.write(line + "\n")
                try server.expectLine(line)
                try server.send("x\n")
            }
            try client.write("EXIT\r\n")
            try expectEnd(of: client, at: server)
        }
    }

    @Test(arguments: ["EXIT\n", "EXIT", ""])
    func aTalkMayEndBeforeItHasBegun(input: String) throws {
        try withTalkClient { client, server in
            try client.write(input)
            if !input.hasSuffix("\n") { client.closeInput() }
            try expectEnd(of: client, at: server)
            #expect(client.standardOutput.isEmpty && client.standardError.isEmpty)
        }
    }

    @Test(arguments: ["", "rest"])
    func theEndOfInputCountsAsEXIT(rest: String) throws {
        try withTalkClient { client, server in
            try client.write("hello\n" + rest)
            client.closeInput()
            try server.expectLine("hello")
            // Now it is the client's turn again.
            try server.send("hi\n")
            if !rest.isEmpty {
                try server.expectLine(rest)
                try server.send("bye\n")
            }
            try expectEnd(of: client, at: server)
            #expect(client.standardOutput == (rest.isEmpty ? "hi\n" : "hi\nbye\n"))
        }
    }

    @Test func whatIsTypedOutOfTurnWaitsForItsTurn() throws {
        try withTalkClient { client, server in
            try client.write("one\ntwo\nthree\nEXIT\n")
            for line in ["one", "two", "three"] {
                #expect(try server.receiveOnce() == Array("\(line)\n".utf8))
                try server.send("\(line)!\n")
            }
            try expectEnd(of: client, at: server)
            #expect(client.standardOutput == "one!\ntwo!\nthree!\n")
        }
    }

    @Test func whatTheServerSendsOutOfTurnWaitsForItsTurn() throws {
        try withTalkClient(["-v"]) { client, server in
            try server.send("1\n2\n3\n")
            for number in 1...3 {
                try client.write("\(number)?\n")
                try server.expectLine("\(number)?")
                try expectWritten(by: client, (1...number).map { "\($0)\n" }.joined())
            }
            server.close()
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "1\n2\n3\n")
        }
    }

    @Test func theServersEndIsNoticedWhileSomeoneTypes() throws {
        try withTalkClient { client, server in
            try client.write("hello\n")
            try server.expectLine("hello")
            try server.send("hi\n")
            server.shutdownSending()
            // Its input is still open.
            try expectEnd(of: client, at: server)
            #expect(client.standardOutput == "hi\n" && client.standardError.isEmpty)
        }
    }

    @Test(arguments: ["", "last words"])
    func theServersEndInItsTurnIsSilent(words: String) throws {
        try withTalkClient { client, server in
            try client.write("hello\n")
            try server.expectLine("hello")
            try server.send(words)
            server.shutdownSending()
            try expectEnd(of: client, at: server)
            #expect(client.standardOutput == (words.isEmpty ? "" : words + "\n"))
            #expect(client.standardError.isEmpty)
        }
    }

    @Test(arguments: [false, true])
    func aResetIsToldAtOnceInEitherTurn(isServersTurn: Bool) throws {
        try withTalkClient { client, server in
            if isServersTurn {
                try client.write("hello\n")
                try server.expectLine("hello")
            }
            server.reset()
            #expect(try client.waitForExit() == 1)
            #expect(client.standardOutput.isEmpty)
            expectResetReported(client.standardError, by: "talk-client")
        }
    }

    @Test func peopleMayTakeTheirTime() throws {
        try withTalkClient(["--timeout", "0.05"]) { client, server in
            for line in ["one", "two"] {
                try waitLonger(than: "0.05")
                try client.write(line + "\n")
                try server.expectLine(line)
                try waitLonger(than: "0.05")
                try server.send(line + "\n")
                try client.waitForLine(containing: line)
            }
        }
    }

    @Test func bareLinesHaveNoLineEndAndAPauseEndsThoseThatCome() throws {
        try withTalkClient(["--bare", "--pause", "0.05"]) { client, server in
            try client.write("hello\n")
            #expect(try server.receiveOnce() == Array("hello".utf8))
            try server.send("hi")
            try client.waitForLine(containing: "hi")
            // An empty line would have no bytes, and both would wait.
            try client.write("\n\nbye\n")
            #expect(try server.receiveOnce() == Array("bye".utf8))
        }
    }

    @Test func whatIsPrintedIsEscaped() throws {
        try withTalkClient { client, server in
            try client.write("x\n")
            try server.send(Array("a\u{1B}[2J\u{202E}\tb\r\u{7F}".utf8) + [0xFF, 0x0A])
            try expectWritten(by: client, "a\\u{1B}[2J\\u{202E}\tb\\u{D}\\u{7F}\u{FFFD}\n")
        }
    }

    @Test func aLineThatIsTooLongIsNotSent() throws {
        try withTalkClient { client, server in
            let longest = String(repeating: "é", count: 2_048)
            try client.write(longest + "\n")
            try server.expectLine(longest)
            try server.send(longest + "\r\n")
            try client.write(longest + "x\n")
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 1)
            let isWhole = client.standardOutput == longest + "\n"
            #expect(isWhole)
            #expect(
                client.standardError
                    == "talk-client: a message of 4097 bytes; the most is 4096\n")
        }
    }

    @Test(
        arguments: [
            (HostileServer.closesAtOnce, "", nil), (.closesInMidMessage([0x68]), "h\n", nil),
            (.byteAtATime([Array("HELLO\n".utf8)], toEach: 6), "HELLO\n", nil),
            (
                .stallsInMidMessage(Array("hi".utf8)), "",
                "only 2 bytes of a message came, and nothing more for 0.2 s"
                    + "; with a --pause above 0 that is a message"
            ),
            (
                HostileServer("talks without end") { connection in
                    let noise = [UInt8](repeating: 0x78, count: 100_000)
                    while let sent = connection.sendWithoutWaiting(noise[...]) {
                        if sent == 0 { try connection.wait(for: Int32(POLLOUT), "send") }
                    }
                }, "",
                "message longer than 4096 bytes; send shorter ones, each with a newline at its end"
            ),
            (.wrongProtocol, "HTTP/1.1 400 Bad Request\n", nil),
        ] as [(HostileServer, String, String?)])
    func itMeetsHostileServers(server: HostileServer, output: String, problem: String?) throws {
        let result = try server.result(of: "talk-client", input: "hello\n") {
            ["127.0.0.1", "\($0)", "--pause", "0", "--timeout", "0.2"]
        }
        #expect(
            result
                == ProgramResult(
                    exit: problem == nil ? 0 : 1, stdout: output,
                    stderr: problem.map { "talk-client: \($0)\n" } ?? ""), "\(server.name)")
    }

    @Test func itTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "talk-client") {
            port = $0
            return ["127.0.0.1", "\($0)"]
        }
        #expect(result == ProgramResult.refused("talk-client", port: port))
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        try withTalkClient { client, server in
            try client.write("hello\n")
            try server.expectLine("hello")
            client.signal(signal)
            #expect(try client.waitForExit() == code)
            #expect(try server.receiveToEnd() == [])
            #expect(client.standardOutput.isEmpty && client.standardError.isEmpty)
        }
    }
}

/// Runs a talk client, its input open, and hands over the server's side of its connection.
private func withTalkClient(
    _ arguments: [String] = [], _ body: (Running, RawClient) throws -> Void
) throws {
    let listener = try RawServer()
    let pause = arguments.contains("--pause") ? [] : ["--pause", "0"]
    let arguments = ["127.0.0.1", "\(listener.port)"] + pause + arguments
    try withProgram("talk-client", arguments) { try body($0, listener.accept()) }
}

/// Checks that the client sends nothing more, closes, and exits with 0.
private func expectEnd(of client: Running, at server: RawClient) throws {
    #expect(try server.receiveToEnd() == [])
    server.close()
    #expect(try client.waitForExit() == 0)
}
