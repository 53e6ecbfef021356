import Foundation
import Testing

/// Lab 2, Assignment 1: the client's prompts, messages and output, and both sides with naive peers.
struct EchoClientTests {
    @Test(arguments: [
        ("Hello World!\n", "HELLO WORLD!"), ("no line end", "NO LINE END"),
        ("first\nsecond\n", "FIRST"), ("stra\u{DF}e\r\n", "STRASSE"), ("\n", ""),
        (
            Sample("\u{390}", times: 2_048), Sample("\u{399}\u{308}\u{301}", times: 2_048)
        ),
    ])
    func itPrintsWhatTheSheetShows(input: Sample, reply: Sample) throws {
        try withEchoServer { server in
            let port = try server.listeningPort()
            #expect(
                try run("echo-client", ["127.0.0.1", "\(port)"], input: input.text)
                    == ProgramResult(
                        exit: 0,
                        stdout: "Input lowercase sequence: Message received: \(reply.text)\n",
                        stderr: ""))
        }
    }

    @Test func itAsksBeforeItConnects() throws {
        // While a connected user types, all other clients wait.
        let listener = try RawServer()
        try withProgram("echo-client", ["localhost", "\(listener.port)"]) { client in
            try client.waitForText("Input lowercase sequence: ")
            #expect(!isReady(listener.descriptor, for: Int32(POLLIN), by: Date()))
            try client.write("hello\n")
            let connection = try listener.accept()
            // The bare sentence, and the end of the stream.
            #expect(try connection.receiveToEnd() == Array("hello".utf8))
            try connection.send("a\u{1B}[2Jb")
            connection.close()
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardOutput
                    == "Input lowercase sequence: Message received: a\\u{1B}[2Jb\n")
        }
    }

    @Test func aSentenceThatCannotBeSentIsAnError() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)"]
        let none = try run("echo-client", arguments)
        #expect(none.exit == 64 && none.stdout == "Input lowercase sequence: ")
        #expect(none.stderr.hasPrefix("echo-client: no sentence was given, and input has ended\n"))
        let long = String(repeating: "a", count: 4_097)
        #expect(
            try run("echo-client", arguments, input: long + "\n")
                == ProgramResult(
                    exit: 1, stdout: "Input lowercase sequence: ",
                    stderr: "echo-client: a message of 4097 bytes; the most is 4096\n"))
        #expect(!isReady(listener.descriptor, for: Int32(POLLIN), by: Date()))
    }

    @Test(
        arguments: [
            (HostileServer.closesAtOnce, 1, ""), (.resetsAtOnce, 1, ""),
            (.resetsInMidMessage([], after: 5), 1, ""),
            // Text has no length: the bytes before the end are the reply.
            (.closesInMidMessage(Array("HEL".utf8), after: 5), 0, "Message received: HEL\n"),
            (.byteAtATime([Array("HELLO".utf8)], toEach: 5), 0, "Message received: HELLO\n"),
            (.wrongProtocol, 0, "Message received: HTTP/1.1 400 Bad Request\n"),
        ] as [(HostileServer, Int32, String)])
    func itMeetsHostileServers(server: HostileServer, exit: Int32, output: String) throws {
        let result = try server.result(of: "echo-client", input: "hello\n") { port in
            ["127.0.0.1", "\(port)", "--pause", "0"]
        }
        #expect(result.exit == exit, "\(server.name)")
        #expect(result.stdout == "Input lowercase sequence: " + output)
        #expect(result.stderr.filter { $0 == "\n" }.count == Int(exit))
    }

    @Test func aReplyWithoutALineEndIsUnderstoodThoughTheConnectionStaysOpen() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "--pause", "0.05"]
        try withProgram("echo-client", arguments) { client in
            try client.write("hello\n")
            let connection = try listener.accept()
            #expect(try connection.receiveToEnd() == Array("hello".utf8))
            try connection.send("HELLO")
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardOutput == "Input lowercase sequence: Message received: HELLO\n")
            connection.close()
        }
    }

    @Test func whatWentWrongIsTold() throws {
        var port = 0
        let closed = try HostileServer.closesAtOnce.result(of: "echo-client", input: "x\n") {
            ["127.0.0.1", "\($0)"]
        }
        #expect(
            closed.stderr == "echo-client: the server closed the connection without a reply\n")
        let nobody = try HostileServer.resultWithNobodyListening(
            of: "echo-client", input: "x\n"
        ) {
            port = $0
            return ["127.0.0.1", "\($0)"]
        }
        #expect(
            nobody
                == ProgramResult(
                    exit: 1, stdout: "Input lowercase sequence: ",
                    stderr: "echo-client: cannot connect to 127.0.0.1:\(port): "
                        + "connection refused; "
                        + "start the server first, and check the address and the port\n"))
    }

    @Test func aReplyThatDoesNotComeIsNotWaitedForLongerThanTheTimeout() throws {
        let listener = try RawServer()
        let arguments = ["--timeout", "0.2", "127.0.0.1", "\(listener.port)"]
        try withProgram("echo-client", arguments) { client in
            try client.write("hello\n")
            let connection = try listener.accept()
            #expect(try client.waitForExit() == 1)
            #expect(client.standardError == "echo-client: no reply within 0.2 s\n")
            connection.close()
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsIt(signal: Int32) throws {
        try withProgram("echo-client") { client in
            try client.waitForText("Input lowercase sequence: ")
            client.signal(signal)
            #expect(try client.waitForExit() == 128 + signal)
        }
    }

    @Test(.requiresPython) func ourServerServesANaiveClient() throws {
        try withEchoServer(["--pause", "0.1"]) { server in
            let port = try server.listeningPort()
            #expect(
                try PythonPeer.run("echo_client", ["127.0.0.1", "\(port)"], input: "stra\u{DF}e\n")
                    == ProgramResult(
                        exit: 0, stdout: "Input lowercase sequence: Message received: STRASSE\n",
                        stderr: ""))
            try server.waitForLine(containing: "Data from connected user: stra\u{DF}e")
        }
    }

    @Test(.requiresPython) func ourClientAsksANaiveServer() throws {
        try PythonPeer.with("echo_server", ["127.0.0.1", "0"]) { server in
            let port = try server.listeningPort()
            for _ in 1...3 {
                #expect(
                    try run("echo-client", ["127.0.0.1", "\(port)"], input: "stra\u{DF}e\n").stdout
                        == "Input lowercase sequence: Message received: STRASSE\n")
            }
        }
    }
}
