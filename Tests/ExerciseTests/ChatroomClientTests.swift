import Foundation
import Testing

/// CS 212, question 8: what the client sends and prints where it has no terminal, and how it ends.
struct ChatroomClientTests {
    private static let joined = "Server: time=10.01 Batman has joined. Member count=1"

    @Test func itLogsInAndSendsLinesAndPrintsWhatArrives() throws {
        try withChatroomClient { client, server in
            try client.waitForLine(containing: "Enter login name:")
            // All at once: what follows the name waits until the name has been answered.
            try client.write("Batman\nAnyone here?\n")
            #expect(try server.receiveOnce() == Array("Batman\n".utf8))
            try server.send(Self.joined + "\n")
            try server.expectLine("Anyone here?")
            try server.send("Voldemort: \u{1B}[2J\u{202E}\tCrucio!\n")
            try client.waitForLine(containing: "Crucio!")
            try client.write("\n\r\none\r\n quit\nquit\nnever\n")
            try server.expectLine("one")
            try server.expectLine(" quit")
            try server.expectLine("quit")
            #expect(try server.receiveToEnd() == [])
            // It prints on until the server closes.
            try server.send("Voldemort: bye\nlast words")
            try client.waitForLine(containing: "bye")
            server.close()
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardOutput == """
                    Enter login name:
                    \(Self.joined)
                    Voldemort: \\u{1B}[2J\\u{202E}\tCrucio!
                    Voldemort: bye
                    last words

                    """)
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func aRefusedNameIsAskedForAgain() throws {
        try withChatroomServer { server, port in
            _ = try RawClient(entering: server, as: "Batman", count: 1)
            try server.waitForLine(containing: "Batman left")
            let batman = try RawClient(entering: server, as: "Batman", count: 1)
            let input = "Batman\nSERVER\na:b\n\u{1B}\nRobin\nhello\n"
            let arguments = ["127.0.0.1", "\(port)", "--pause", "0"]
            #expect(
                try run("chatroom-client", arguments, input: input)
                    == ProgramResult(
                        exit: 0,
                        stdout: """
                            Enter login name:
                            error: name taken
                            Enter login name:
                            error: 'SERVER' is not free to be a name; choose another
                            Enter login name:
                            error: a name holds no colon
                            Enter login name:
                            error: a name holds only printable characters
                            Enter login name:
                            Server: time=10.01 Robin has joined. Member count=2

                            """,
                        stderr: ""))
            try batman.expectLine("Server: time=10.01 Robin has joined. Member count=2")
            try batman.expectLine("Robin: hello")
            try batman.expectLine("Server: time=10.01 Robin has left. Member count=1")
        }
    }

    @Test(arguments: [
        ("Batman\nhi", "Batman\nhi"), ("Batman\nhi\n", "Batman\nhi\n"),
        ("Batman", "Batman\n"), ("", ""), ("quit", "quit\n"), ("quit\nx\n", "quit\n"),
    ])
    func theEndOfInputEndsItsStream(input: String, sent: String) throws {
        try withChatroomClient { client, server in
            try client.write(input)
            client.closeInput()
            if input.hasPrefix("Batman") {
                try server.expectLine("Batman")
                try server.send(Self.joined + "\n")
            }
            let rest = sent.hasPrefix("Batman") ? sent.dropFirst(7) : sent[...]
            let ended = rest.isEmpty || rest.hasSuffix("\n") ? String(rest) : "\(rest)\n"
            #expect(String(decoding: try server.receiveToEnd(), as: UTF8.self) == ended)
            server.close()
            #expect(try client.waitForExit() == 0)
            let output = input.hasPrefix("Batman") ? "\(Self.joined)\n" : ""
            #expect(client.standardOutput == "Enter login name:\n\(output)")
            #expect(client.standardError.isEmpty)
        }
    }

    @Test(arguments: [false, true])
    func aServerThatClosesFirstIsNoticedAtOnce(isLoggedIn: Bool) throws {
        try withChatroomClient { client, server in
            if isLoggedIn {
                try client.write("Batman\n")
                try server.expectLine("Batman")
                try server.send("\(Self.joined)\nRobin: bye")
            }
            server.shutdownSending()
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 1)
            let output = isLoggedIn ? "\(Self.joined)\nRobin: bye\n" : ""
            #expect(client.standardOutput == "Enter login name:\n\(output)")
            #expect(client.standardError == "chatroom-client: the server closed the connection\n")
        }
    }

    @Test func anotherProtocolIsShownAsItIs() throws {
        try withChatroomClient { client, server in
            try client.write("Batman\n")
            try server.expectLine("Batman")
            try server.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            server.close()
            #expect(try client.waitForExit() == 1)
            #expect(
                client.standardOutput
                    == "Enter login name:\nHTTP/1.1 400 Bad Request\nContent-Length: 0\n\n")
            #expect(client.standardError == "chatroom-client: the server closed the connection\n")
        }
    }

    @Test func bareMessagesHaveNoLineEndAndAPauseEndsThoseThatCome() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "--bare", "-v"]
        try withProgram("chatroom-client", arguments) { client in
            let server = try listener.accept()
            try client.write("Al\nhi\n")
            #expect(try server.receiveOnce() == Array("Al".utf8))
            try server.send("welcome")
            try client.waitForLine(containing: "welcome")
            #expect(try server.receiveOnce() == Array("hi".utf8))
            try client.write("quit\n")
            #expect(try server.receiveToEnd() == Array("quit".utf8))
            server.close()
            #expect(try client.waitForExit() == 0)
            let address = "127.0.0.1:\(listener.port)"
            #expect(
                client.standardError == """
                    chatroom-client: to \(address): "Al" [41 6c]
                    chatroom-client: from \(address): "welcome" [77 65 6c 63 6f 6d 65]
                    chatroom-client: to \(address): "hi" [68 69]
                    chatroom-client: to \(address): "quit" [71 75 69 74]

                    """)
        }
    }

    @Test func aLineThatIsTooLongIsNotSent() throws {
        try withChatroomClient { client, server in
            try client.write("Batman\n")
            try server.expectLine("Batman")
            try server.send(Self.joined + "\n")
            let longest = String(repeating: "é", count: 2_048)
            try client.write("\(longest)\n\(longest)x\n")
            #expect(try server.receiveToEnd() == Array("\(longest)\n".utf8))
            #expect(try client.waitForExit() == 1)
            #expect(
                client.standardError
                    == "chatroom-client: a message of 4097 bytes; the most is 4096\n")
        }
    }

    @Test(
        arguments: [
            (HostileServer.silent, Self.noReply),
            (.stallsInMidMessage(Array("Serv".utf8)), Self.noReply),
            (.closesAtOnce, "the server closed the connection"),
            (.closesInMidMessage(Array("Serv".utf8)), "the server closed the connection"),
            (.resetsAtOnce, "reset"), (.resetsInMidMessage(Array("Serv".utf8)), "reset"),
            (.byteAtATime([Array("\(Self.joined)\n".utf8)], toEach: 7), nil),
            (
                HostileServer("talks without end") { connection in
                    let noise = [UInt8](repeating: 0x78, count: 100_000)
                    while let sent = connection.sendWithoutWaiting(noise[...]) {
                        if sent == 0 { try connection.wait(for: Int32(POLLOUT), "send") }
                    }
                },
                "message longer than 24706 bytes; send shorter ones, each with a newline at its end"
            ),
        ] as [(HostileServer, String?)])
    func itMeetsHostileServers(server: HostileServer, problem: String?) throws {
        let result = try server.result(of: "chatroom-client", input: "Batman\n") {
            ["127.0.0.1", "\($0)", "--pause", "0", "--timeout", "0.2"]
        }
        #expect(result.exit == (problem == nil ? 0 : 1), "\(server.name)")
        #expect(result.stdout.isEmpty || result.stdout.hasPrefix("Enter login name:\n"))
        if problem == "reset" {
            expectResetReported(result.stderr, by: "chatroom-client")
        } else {
            #expect(result.stderr == (problem.map { "chatroom-client: \($0)\n" } ?? ""))
        }
    }

    private static let noReply =
        "no reply within 0.2 s; a server written without line ends may need --bare"

    @Test func theClientTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "chatroom-client") {
            port = $0
            return ["127.0.0.1", "\($0)"]
        }
        #expect(result == ProgramResult.refused("chatroom-client", port: port))
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        try withChatroomClient { client, server in
            try client.waitForLine(containing: "Enter login name:")
            client.signal(signal)
            #expect(try client.waitForExit() == code)
            #expect(try server.receiveToEnd() == [])
            #expect(client.standardOutput == "Enter login name:\n" && client.standardError.isEmpty)
        }
    }

    @Test(.requiresPython) func ourClientsMeetANaiveServer() throws {
        try PythonPeer.with("chatroom_server", ["127.0.0.1", "0"]) { server in
            let arguments = ["127.0.0.1", "\(try server.listeningPort())", "--bare"]
            try withProgram("chatroom-client", arguments) { batman in
                try batman.write("Batman\n")
                try batman.waitForLine(containing: "Batman has joined. Member count=1")
                try withProgram("chatroom-client", arguments) { robin in
                    try robin.write("Batman\n")
                    try robin.waitForLine(containing: "error: name taken")
                    try robin.write("Robin\n")
                    try batman.waitForLine(containing: "Robin has joined. Member count=2")
                    try robin.waitForLine(containing: "Robin has joined. Member count=2")
                    try batman.write("hello\n")
                    try robin.waitForLine(containing: "Batman: hello")
                    try robin.write("quit\n")
                    #expect(try robin.waitForExit() == 0)
                    try batman.waitForLine(containing: "Robin has left. Member count=1")
                }
            }
        }
    }

    /// Runs a client, its input open, and hands over the server's side of its connection.
    private func withChatroomClient(_ body: (Running, RawClient) throws -> Void) throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "--pause", "0"]
        try withProgram("chatroom-client", arguments) { try body($0, try listener.accept()) }
    }
}
