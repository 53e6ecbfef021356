import Foundation
import Testing

/// Programming 2, the "Hello-world" server and client.
struct HelloTests {
    private static let greeting = Array("Hello in return!".utf8)

    // MARK: The server

    @Test(arguments: ["Hi Server", "Hi Server\n", "Hi Server\r\n", "hi\nthere\n", "\n", "\u{1B}"])
    func everyMessageIsAnsweredWithTheSheetsBytes(message: String) throws {
        try withHelloServer { server in
            let peer = try RawClient(port: server.listeningPort())
            try peer.send(message)
            peer.shutdownSending()
            #expect(try peer.receiveToEnd() == Self.greeting)
            #expect(server.standardOutput.isEmpty)
        }
    }

    /// What one `recv` brings is the message: nothing ends it, and it may go on.
    @Test func theFirstBytesAreAMessage() throws {
        try withHelloServer { server in
            for message in ["H", String(repeating: "x", count: 1_024)] {
                let peer = try RawClient(port: server.listeningPort())
                try peer.send(message)
                #expect(try peer.receiveToEnd() == Self.greeting)
            }
            let long = try RawClient(port: server.listeningPort())
            try long.send(String(repeating: "x", count: 60_000))
            // An end, and no reset, though there was more than it read.
            #expect(try long.receiveToEnd() == Self.greeting)
        }
    }

    @Test func aClientThatSaysNothingGetsNoAnswer() throws {
        try withHelloServer { server in
            let port = try server.listeningPort()
            let silent = try RawClient(port: port)
            silent.shutdownSending()
            #expect(try silent.receiveToEnd() == [])
            try greet(RawClient(port: port))
            #expect(server.standardError == "hello-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test func silentClientsCostTheNextOneTheirTimeEach() throws {
        try withHelloServer(["--timeout", "0.1"]) { server in
            let port = try server.listeningPort()
            let silent = try (0..<5).map { _ in try RawClient(port: port) }
            try greet(RawClient(port: port))
            for peer in silent {
                #expect(
                    try server.nextLine(on: .standardError)
                        == "hello-server: cannot receive from 127.0.0.1:\(try peer.localPort): "
                        + "timed out")
                #expect(try peer.receiveToEnd() == [])
            }
        }
    }

    @Test func clientsAreServedOneAfterAnother() throws {
        try withHelloServer { server in
            let port = try server.listeningPort()
            let first = try RawClient(port: port)
            let second = try RawClient(port: port)
            try second.send("Hi Server")
            #expect(!isReady(second.descriptor, for: Int32(POLLIN), by: Date() + 0.05))
            try greet(first)
            #expect(try second.receiveToEnd() == Self.greeting)
        }
    }

    @Test func itMeetsTheHostileCases() throws {
        try withHelloServer(["--timeout", "1"]) { server in
            let cases = try HostileCases(against: server, exchange: greet)
            let message = Array("Hi Server".utf8)
            try cases.byteAtATime(message, replies: Self.greeting)
            try cases.manyInOneSegment(message + message, replies: Self.greeting)
            try cases.halfAMessage(Array("Hi".utf8))
            try cases.resetInMidMessage(Array("Hi".utf8))
            try cases.probes()
            try cases.silentPeers(count: 3)
            try cases.stalledPeers(Array("Hi".utf8))
            try cases.neverReading(count: 20, flood: message, limit: 4_096)
            try cases.randomBytes()
            try cases.crowd()
        }
    }

    @Test func itServesWithFewDescriptors() throws {
        try withProgram("hello-server", ["127.0.0.1", "0"], descriptorLimit: 16) { server in
            let port = try server.listeningPort()
            let peers = try (0..<100).map { _ in try RawClient(port: port) }
            for peer in peers { try greet(peer) }
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheServerInGoodOrder(signal: Int32) throws {
        try withHelloServer { server in
            let port = try server.listeningPort()
            let before = server.openDescriptors
            let peer = try RawClient(port: port)
            // The system resets the connections that nobody has accepted.
            if let before { try server.waitForOpenDescriptors(atLeast: before + 1) }
            server.signal(signal)
            #expect(try server.waitForExit() == 0)
            if before != nil { #expect(try peer.receiveToEnd() == []) }
        }
    }

    // MARK: The client

    @Test func theClientSendsTheSheetsBytesAndPrintsTheReply() throws {
        let listener = try RawServer()
        try withProgram("hello-client", ["localhost", "\(listener.port)"]) { client in
            let connection = try listener.accept()
            #expect(try connection.receiveOnce() == Array("Hi Server".utf8))
            // To a server that reads in a loop the end would be one message after another.
            #expect(!isReady(connection.descriptor, for: Int32(POLLIN), by: Date()))
            try connection.send("Hello in \u{1B}return!")
            #expect(try connection.receiveToEnd() == [])
            connection.close()
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "Hello in \\u{1B}return!\n")
            #expect(client.standardError.isEmpty)
        }
    }

    @Test(
        arguments: [
            (HostileServer.closesAtOnce, 1, ""), (.resetsAtOnce, 1, ""),
            // What one receive brings is the reply.
            (.closesInMidMessage(Array("He".utf8), after: 9), 0, "He\n"),
            (
                .wrongProtocol, 0,
                "HTTP/1.1 400 Bad Request\\u{D}\\u{A}Content-Length: 0\\u{D}\\u{A}\n"
            ),
        ] as [(HostileServer, Int32, String)])
    func theClientMeetsHostileServers(
        server: HostileServer, exit: Int32, output: String
    ) throws {
        let result = try server.result(of: "hello-client") { ["127.0.0.1", "\($0)"] }
        #expect(result.exit == exit, "\(server.name)")
        #expect(result.stdout == output, "\(server.name)")
        #expect(result.stderr.filter { $0 == "\n" }.count == Int(exit))
    }

    @Test func whatWentWrongIsTold() throws {
        let closed = try HostileServer.closesAtOnce.result(of: "hello-client") {
            ["127.0.0.1", "\($0)"]
        }
        #expect(
            closed.stderr == "hello-client: the server closed the connection without a reply\n")
        var port = 0
        let nobody = try HostileServer.resultWithNobodyListening(of: "hello-client") {
            port = $0
            return ["127.0.0.1", "\($0)"]
        }
        #expect(nobody == .refused("hello-client", port: port))
    }

    @Test func ofAReplyInPiecesItTakesWhatOneReceiveBrings() throws {
        let server = HostileServer.byteAtATime([Self.greeting], toEach: 9)
        let result = try server.result(of: "hello-client") { ["127.0.0.1", "\($0)"] }
        #expect(result.exit == 0 && result.stderr.isEmpty)
        let reply = result.stdout.dropLast()
        #expect(!reply.isEmpty && "Hello in return!".hasPrefix(reply))
    }

    /// The reset may come before what was sent is received, or after.
    @Test func ofAReplyWithAResetItTellsWhicheverItFinds() throws {
        let server = HostileServer.resetsInMidMessage(Array("He".utf8), after: 9)
        let result = try server.result(of: "hello-client") { ["127.0.0.1", "\($0)"] }
        if result.exit == 0 {
            #expect(result.stdout == "He\n" && result.stderr.isEmpty)
        } else {
            #expect(result.exit == 1 && result.stdout.isEmpty)
            expectResetReported(result.stderr, by: "hello-client")
        }
    }

    @Test func aReplyThatDoesNotComeIsNotWaitedForLongerThanTheTimeout() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "--timeout", "0.2"]
        try withProgram("hello-client", arguments) { client in
            let connection = try listener.accept()
            let exit = try client.waitForExit()
            #expect(exit == 1 && client.standardOutput.isEmpty)
            #expect(client.standardError == "hello-client: no reply within 0.2 s\n")
            connection.close()
        }
    }

    // MARK: Both

    @Test(arguments: ["127.0.0.1", "localhost"])
    func theTwoGreetEachOther(host: String) throws {
        try withProgram("hello-server", ["127.0.0.1", "0"]) { server in
            let port = try server.listeningPort()
            #expect(
                try run("hello-client", [host, "\(port)"])
                    == ProgramResult(exit: 0, stdout: "Hello in return!\n", stderr: ""))
        }
    }

    @Test(.requiresIPv6) func theyGreetEachOtherByIPv6() throws {
        try withProgram("hello-server", ["::1", "0"]) { server in
            let port = try server.listeningPort()
            #expect(try run("hello-client", ["::1", "\(port)"]).stdout == "Hello in return!\n")
        }
    }

    @Test func aTraceShowsBothMessages() throws {
        try withProgram("hello-server", ["127.0.0.1", "0"]) { server in
            let port = try server.listeningPort()
            let result = try run("hello-client", ["127.0.0.1", "\(port)", "-v"])
            #expect(
                result.stderr == """
                    hello-client: to 127.0.0.1:\(port): "Hi Server" [48 69 20 53 65 72 76 65 72]
                    hello-client: from 127.0.0.1:\(port): "Hello in return!" \
                    [48 65 6c 6c 6f 20 69 6e 20 72 65 74 75 72 6e 21]

                    """)
        }
    }

    @Test(.requiresPython) func ourServerServesANaiveClient() throws {
        // Its message has no line end, and its sending side stays open.
        try withHelloServer { server in
            let port = try server.listeningPort()
            #expect(
                try PythonPeer.run("hello_client", ["127.0.0.1", "\(port)"])
                    == ProgramResult(exit: 0, stdout: "Hello in return!\n", stderr: ""))
        }
    }

    @Test(.requiresPython, arguments: ["hello_server", "hello_loop_server"])
    func ourClientGreetsANaiveServer(name: String) throws {
        try PythonPeer.with(name, ["127.0.0.1", "0"]) { server in
            let port = try server.listeningPort()
            for _ in 1...3 {
                #expect(
                    try run("hello-client", ["127.0.0.1", "\(port)"])
                        == ProgramResult(exit: 0, stdout: "Hello in return!\n", stderr: ""))
            }
        }
    }

    // MARK: Steps

    private func withHelloServer(
        _ arguments: [String] = [], _ body: (Running) throws -> Void
    ) throws {
        try withProgram("hello-server", ["127.0.0.1", "0"] + arguments, body)
    }

    private func greet(_ peer: RawClient) throws {
        try peer.send("Hi Server")
        #expect(try peer.receiveToEnd() == Self.greeting)
    }
}
