import Foundation
import Testing

/// Lab 2, Assignment 2: the client's prompts, messages and output, and both sides with naive peers.
struct SumClientTests {
    private static let sum = """
        Client's name: Alice
        Server's name: Bob
        Client's number: 42
        Server's number: 57
        Sum: 99

        """

    private static let closed = "No reply: the server has closed the connection\n"

    @Test(arguments: [[], ["--separator", ";"], ["--separator", " : "], ["--separator", "\n"]])
    func itPrintsTheSum(options: [String]) throws {
        try withSumServer { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            let result = ProgramResult(exit: 0, stdout: Self.sum, stderr: "")
            // No prompt: neither end is a terminal.
            #expect(try run("sum-client", address + options, input: "Alice\n42\n") == result)
            let given = ["--name", "Alice", "--number", "42"]
            #expect(try run("sum-client", given + options + address) == result)
            #expect(
                try run("sum-client", address + ["--name", "Alice"] + options, input: "42")
                    == result)
            #expect(
                try run("sum-client", address + ["--number", "42"] + options, input: "Alice\r\n")
                    == result)
        }
    }

    @Test(arguments: ["0", "101", "-1", "1701411834604692317316873037158841057271"])
    func anIntegerOutOfRangeEndsTheServer(number: String) throws {
        try withSumServer { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            #expect(
                try run("sum-client", address + ["--name", "Eve", "--number=\(number)"])
                    == ProgramResult(exit: 0, stdout: Self.closed, stderr: ""))
            #expect(try server.waitForExit() == 0)
            #expect(server.standardOutput == "Client's number: \(number)\n")
        }
    }

    @Test func theRequestIsToTheByte() throws {
        for (separator, request) in [(",", "Alice,42"), (" | ", "Alice | 42"), ("\n", "Alice\n42")]
        {
            let server = HostileServer("answers at the end of the stream") { connection in
                let received = try connection.receiveToEnd()
                #expect(received == Array(request.utf8))
                try connection.send("Bob\(separator)57")
            }
            let result = try server.result(of: "sum-client") { port in
                ["localhost", "\(port)", "--name", "Alice", "--number", "42"]
                    + ["--separator", separator]
            }
            #expect(result == ProgramResult(exit: 0, stdout: Self.sum, stderr: ""))
        }
    }

    @Test(arguments: [
        ("Alice\nx\u{1B}\n", "'x\\u{1B}' is no whole number; give one like 42"),
        ("Alice\n4.2\n", "'4.2' is no whole number; give one like 42"),
    ])
    func inputThatCannotBeSentIsAnError(input: String, message: String) throws {
        let listener = try RawServer()
        #expect(
            try run("sum-client", ["127.0.0.1", "\(listener.port)"], input: input)
                == ProgramResult(exit: 1, stdout: "", stderr: "sum-client: \(message)\n"))
        #expect(!isReady(listener.descriptor, for: Int32(POLLIN), by: Date()))
    }

    @Test(arguments: ["", "Alice\n"])
    func inputThatEndsTooEarlyIsWrongUsage(input: String) throws {
        let result = try run("sum-client", ["127.0.0.1", "1"], input: input)
        #expect(result.exit == 64 && result.stdout.isEmpty)
        let problem = "the input has ended; it must have two lines, name and number"
        #expect(result.stderr.hasPrefix("sum-client: \(problem)\n"))
    }

    @Test func anOptionThatIsNoNumberIsWrongUsage() throws {
        let result = try run("sum-client", ["127.0.0.1", "1", "--number", "x"])
        #expect(result.exit == 64 && result.stdout.isEmpty)
        let complaint = "sum-client: --number: 'x' is no whole number; give one like 42\n"
        #expect(result.stderr.hasPrefix(complaint))
    }

    @Test(
        arguments: [
            (HostileServer.closesAtOnce, 1, "no reply: the server has closed the connection"),
            (.resetsAtOnce, 1, nil), (.resetsInMidMessage(Array("Bo".utf8)), 1, nil),
            (.closesInMidMessage(Array("Bo".utf8)), 1, "the server replied 'Bo', without a number"),
            (.closesInMidMessage(Array("error: x\u{1B}".utf8)), 1, "error: x\\u{1B}"),
            (.byteAtATime([Array("Bob,57".utf8)], toEach: 8), 0, nil),
            // A reply in another form than the request's.
            (.closesInMidMessage(Array("Bob 57".utf8)), 0, nil),
            (.closesInMidMessage(Array("Bob\n57".utf8)), 0, nil),
            (
                .wrongProtocol, 1,
                "the server replied 'HTTP/1.1 400 Bad Request\\u{D}\\u{A}"
                    + "Content-Length: 0', without a number"
            ),
        ] as [(HostileServer, Int32, String?)])
    func itMeetsHostileServers(server: HostileServer, exit: Int32, message: String?) throws {
        let result = try server.result(of: "sum-client") { port in
            ["127.0.0.1", "\(port)", "--name", "Alice", "--number", "42", "--pause", "0"]
        }
        #expect(result.exit == exit, "\(server.name)")
        #expect(result.stdout == (exit == 0 ? Self.sum : ""))
        #expect(result.stderr.filter { $0 == "\n" }.count == Int(exit))
        if let message { #expect(result.stderr == "sum-client: \(message)\n") }
    }

    @Test(arguments: [HostileServer.closesAtOnce, .resetsInMidMessage([], after: 5)])
    func aServerThatIsToEndMayGoAnyWay(server: HostileServer) throws {
        let result = try server.result(of: "sum-client") { port in
            ["127.0.0.1", "\(port)", "--name", "Eve", "--number", "0"]
        }
        #expect(result == ProgramResult(exit: 0, stdout: Self.closed, stderr: ""))
    }

    @Test(arguments: [
        ("9223372036854775807", "Bob,57", "9223372036854775807", "57", "9223372036854775864"),
        (
            "101", "Bob,-9223372036854775808", "101", "-9223372036854775808",
            "-9223372036854775707"
        ),
        (
            "+0099999999999999999999", "Bob,1", "99999999999999999999", "1",
            "100000000000000000000"
        ),
        (
            "-99999999999999999999", "Bob,+100000000000000000000", "-99999999999999999999",
            "100000000000000000000", "1"
        ),
    ])
    func aServerMayReplyToAnyNumberWithAnyNumber(
        number: String, reply: String, own: String, servers: String, sum: String
    ) throws {
        let server = HostileServer("answers at the end of the stream") { connection in
            #expect(try connection.receiveToEnd() == Array("Al\u{7}ce,\(number)".utf8))
            try connection.send(reply)
        }
        let result = try server.result(of: "sum-client") { port in
            ["localhost", "\(port)", "--name", "Al\u{7}ce", "--number=\(number)"]
        }
        let output = """
            Client's name: Al\\u{7}ce
            Server's name: Bob
            Client's number: \(own)
            Server's number: \(servers)
            Sum: \(sum)

            """
        #expect(result == ProgramResult(exit: 0, stdout: output, stderr: ""))
    }

    @Test func nobodyListens() throws {
        let result = try HostileServer.resultWithNobodyListening(of: "sum-client") { port in
            ["127.0.0.1", "\(port)", "--name", "Eve", "--number", "0"]
        }
        #expect(result.exit == 1 && result.stdout.isEmpty)
        #expect(result.stderr.contains(": connection refused; start the server first"))
    }

    @Test func aReplyThatDoesNotComeIsNotWaitedForLongerThanTheTimeout() throws {
        let listener = try RawServer()
        let given = ["--name", "Alice", "--number", "42", "--timeout", "0.2"]
        try withProgram("sum-client", ["127.0.0.1", "\(listener.port)"] + given) { client in
            let connection = try listener.accept()
            #expect(try client.waitForExit() == 1)
            #expect(client.standardError == "sum-client: no reply within 0.2 s\n")
            connection.close()
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsIt(signal: Int32) throws {
        let listener = try RawServer()
        let given = ["--name", "Alice", "--number", "42"]
        try withProgram("sum-client", ["127.0.0.1", "\(listener.port)"] + given) { client in
            let connection = try listener.accept()
            client.signal(signal)
            #expect(try client.waitForExit() == 128 + signal)
            connection.close()
        }
    }

    @Test(.requiresPython, arguments: [",", ";", " ", "\n"])
    func ourServerServesANaiveClient(separator: String) throws {
        try withSumServer(["--pause", "0.1"]) { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            #expect(
                try PythonPeer.run("sum_client", address + ["Alice", "42", separator])
                    == ProgramResult(exit: 0, stdout: Self.sum, stderr: ""))
            #expect(
                try PythonPeer.run("sum_client", address + ["Alice", "101", separator]).stdout
                    == "Server has ended\n")
            #expect(try server.waitForExit() == 0)
            #expect(server.standardOutput == Self.sum + "Client's number: 101\n")
        }
    }

    @Test(.requiresPython, arguments: [",", ";", " ", "\n"])
    func ourClientAsksANaiveServer(separator: String) throws {
        try PythonPeer.with("sum_server", ["127.0.0.1", "0", "57", separator]) { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            let options = ["--separator", separator, "--name", "Alice"]
            #expect(
                try run("sum-client", address + options + ["--number", "42"])
                    == ProgramResult(exit: 0, stdout: Self.sum, stderr: ""))
            #expect(
                try run("sum-client", address + options + ["--number", "0"])
                    == ProgramResult(exit: 0, stdout: Self.closed, stderr: ""))
            #expect(try server.waitForExit() == 0)
        }
    }
}
