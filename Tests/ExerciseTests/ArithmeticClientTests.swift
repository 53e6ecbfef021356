import Foundation
import Testing

/// CS 212, question 6: the client's messages and output, and both sides with naive peers.
struct ArithmeticClientTests {
    private static let warning =
        "warning: wrong form; enter <number> <+ - * /> <number>, as in 12 + 42, or q to stop\n"

    @Test func aSessionIsToTheByte() throws {
        try withArithmeticClient(["Alice"]) { client, server in
            try server.expectLine("Alice")
            try client.write("12 + 42\n")
            try server.expectLine("12 + 42")
            try server.send("54\n")
            try client.waitForLine(containing: "54")
            // The wrong forms are not sent: the next request to come is the last one.
            try client.write("3.24 45\n\n1 + \u{1B}\nQ\n.5 + 1\n  7\t- -7 \n")
            try server.expectLine("  7\t- -7 ")
            try server.send("error: \u{1B}[2J\n")
            try client.write("q\n1 + 1\n")
            try server.expectLine("q")
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardOutput
                    == "54\n" + String(repeating: Self.warning, count: 5) + "error: \\u{1B}[2J\n")
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func theNameMayBeTheFirstLineAndTheEndOfInputSendsQ() throws {
        let listener = try RawServer()
        try withProgram("arithmetic-client", ["127.0.0.1", "\(listener.port)", "--pause", "0"]) {
            try $0.write("Alice B\r\n1 + 1")
            $0.closeInput()
            let server = try listener.accept()
            try server.expectLine("Alice B")
            try server.expectLine("1 + 1")
            try server.send("2")
            server.shutdownSending()
            #expect(try server.receiveToEnd() == Array("q\n".utf8))
            server.close()
            #expect(try $0.waitForExit() == 0)
            #expect($0.standardOutput == "2\n" && $0.standardError.isEmpty)
        }
    }

    @Test(arguments: [
        ([], "", "no name was given, and input has ended"), ([], "\n1 + 1\n", "the name is empty"),
        ([""], "", "the name is empty"),
        (["a\u{1B}"], "", "a name holds only printable characters"),
    ])
    func aNameIsNeeded(name: [String], input: String, reason: String) throws {
        let listener = try RawServer()
        let address = ["127.0.0.1", "\(listener.port)"]
        let result = try run("arithmetic-client", address + name, input: input)
        let usage = "usage: arithmetic-client [options] <address> <port> [<name>]"
        let advice = "try 'arithmetic-client --help'"
        let expected = ProgramResult(
            exit: 64, stdout: "", stderr: "arithmetic-client: \(reason)\n\(usage)\n\(advice)\n")
        #expect(result == expected)
        #expect(!isReady(listener.descriptor, for: Int32(POLLIN), by: Date()))
    }

    @Test(arguments: [Sample("x", times: 4_098), Sample("é", times: 2_049)])
    func aNameThatIsTooLongIsNotSent(name: Sample) throws {
        let listener = try RawServer()
        let result = try run(
            "arithmetic-client", ["127.0.0.1", "\(listener.port)"], input: "\(name.text)\n1 + 1\n")
        let problem = "arithmetic-client: a message of 4098 bytes; the most is 4096\n"
        #expect(result == ProgramResult(exit: 1, stdout: "", stderr: problem))
        #expect(!isReady(listener.descriptor, for: Int32(POLLIN), by: Date()))
    }

    @Test func bareMessagesHaveNoLineEndAndAPauseEndsTheReply() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "Al", "--bare", "-v"]
        try withProgram("arithmetic-client", arguments) { client in
            let server = try listener.accept()
            #expect(try server.receiveOnce() == Array("Al".utf8))
            try client.write("1 + 1\n")
            #expect(try server.receiveOnce() == Array("1 + 1".utf8))
            try server.send("2")
            try client.waitForLine(containing: "2")
            try client.write("q\n")
            #expect(try server.receiveToEnd() == Array("q".utf8))
            server.close()
            #expect(try client.waitForExit() == 0)
            let address = "127.0.0.1:\(listener.port)"
            #expect(
                client.standardError == """
                    arithmetic-client: to \(address): "Al" [41 6c]
                    arithmetic-client: to \(address): "1 + 1" [31 20 2b 20 31]
                    arithmetic-client: from \(address): "2" [32]
                    arithmetic-client: to \(address): "q" [71]

                    """)
        }
    }

    @Test(
        arguments: [
            (
                HostileServer.closesAtOnce, "",
                "the server closed the connection before it had replied"
            ),
            (.closesInMidMessage(Array("5".utf8), after: 12), "5\n", nil),
            (.byteAtATime([Array("54\n".utf8)], toEach: 14), "54\n", nil),
            (
                .stallsInMidMessage(Array("5".utf8), after: 12), "",
                "only 1 byte of a message came, and nothing more for 0.2 s; "
                    + "with a --pause above 0 that is a message"
            ),
            (.silent, "", Self.noReply),
            (.resetsAtOnce, "", "reset"), (.resetsInMidMessage(Array("5".utf8)), "", "reset"),
            (
                HostileServer("talks without end") { connection in
                    let noise = [UInt8](repeating: 0x78, count: 100_000)
                    while let sent = connection.sendWithoutWaiting(noise[...]) {
                        if sent == 0 { try connection.wait(for: Int32(POLLOUT), "send") }
                    }
                }, "",
                "message longer than 4096 bytes; send shorter ones, each with a newline at its end"
            ),
        ] as [(HostileServer, String, String?)])
    func itMeetsHostileServers(server: HostileServer, output: String, problem: String?) throws {
        let result = try server.result(of: "arithmetic-client", input: "12 + 42\n") {
            ["127.0.0.1", "\($0)", "Alice", "--pause", "0", "--timeout", "0.2"]
        }
        #expect(result.exit == (problem == nil ? 0 : 1), "\(server.name)")
        #expect(result.stdout == output)
        if problem == "reset" {
            expectResetReported(result.stderr, by: "arithmetic-client")
        } else {
            #expect(result.stderr == (problem.map { "arithmetic-client: \($0)\n" } ?? ""))
        }
    }

    private static let noReply =
        "no reply within 0.2 s; a server written without line ends may need --bare"

    @Test func theClientTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "arithmetic-client") {
            port = $0
            return ["127.0.0.1", "\($0)", "Alice"]
        }
        #expect(result == ProgramResult.refused("arithmetic-client", port: port))
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        try withArithmeticClient(["Alice"]) { client, server in
            try server.expectLine("Alice")
            client.signal(signal)
            #expect(try client.waitForExit() == code)
            #expect(try server.receiveToEnd() == [])
            #expect(client.standardOutput.isEmpty && client.standardError.isEmpty)
        }
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func ourClientMeetsOurServer(address: String) throws {
        guard address == "127.0.0.1" || RawServer.supportsIPv6 else { return }
        try withProgram("arithmetic-server", [address, "0", "--pause", "0"]) { server in
            let arguments = [address, "\(try server.listeningPort())", "--pause", "0"]
            let input = "Alice\n12 + 42\n1 / 0\n1 // 2\n"
            #expect(
                try run("arithmetic-client", arguments, input: input)
                    == ProgramResult(
                        exit: 0, stdout: "54\nerror: division by zero\n\(Self.warning)",
                        stderr: ""))
            try expectWritten(by: server, "Alice: 12 + 42\nAlice: 1 / 0\nSession ended\n")
        }
    }

    @Test(.requiresPython) func ourServerServesANaiveClient() throws {
        try withArithmeticServer(["--pause", "0.25", "-v"]) { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            try PythonPeer.with("arithmetic_client", address + ["Alice"]) { client in
                try server.waitForLine(on: .standardError, containing: "from client 1: \"Alice\"")
                try client.write("12 + 42\n")
                try client.waitForLine(containing: "Answer: 54")
                try client.write("4.5 / -6\n")
                try client.waitForLine(containing: "Answer: -0.75")
                try client.write("q\n")
                #expect(try client.waitForExit() == 0)
                try expectWritten(by: server, "Alice: 12 + 42\nAlice: 4.5 / -6\nSession ended\n")
            }
        }
    }

    @Test(.requiresPython, arguments: [[], ["--bare"]])
    func ourClientAsksANaiveServer(options: [String]) throws {
        try PythonPeer.with("arithmetic_server", ["127.0.0.1", "0"]) { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            try withProgram("arithmetic-client", address + ["Alice"] + options) { client in
                try server.waitForLine(containing: "connected to Alice")
                try client.write("12 + 42\n3.24 45\n")
                try client.waitForLine(containing: "54.0")
                try client.write("q\n")
                #expect(try client.waitForExit() == 0)
                #expect(client.standardOutput == "54.0\n\(Self.warning)")
                try server.waitForLine(containing: "Session ended")
                #expect(try server.waitForExit() == 0)
            }
        }
    }

    /// Runs a client, its input open, and hands over the server's side of its connection.
    private func withArithmeticClient(
        _ arguments: [String], _ body: (Running, RawClient) throws -> Void
    ) throws {
        let listener = try RawServer()
        let address = ["127.0.0.1", "\(listener.port)", "--pause", "0"]
        try withProgram("arithmetic-client", address + arguments) { client in
            try body(client, try listener.accept())
        }
    }
}
