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

    @Test func aPauseEndsAMessageThatHasNoLineEnd() throws {
        try withProgram("hello-server", ["127.0.0.1", "0", "--pause", "0.05"]) { server in
            let peer = try RawClient(port: server.listeningPort())
            try peer.send("Hi Server")
            #expect(try peer.receiveToEnd() == Self.greeting)
        }
    }

    @Test func whoSaysNothingOrTooMuchGetsNoAnswer() throws {
        try withHelloServer { server in
            let silent = try RawClient(port: server.listeningPort())
            silent.shutdownSending()
            #expect(try silent.receiveToEnd() == [])
            let long = try RawClient(port: server.listeningPort())
            let own = try long.localPort
            try long.send(String(repeating: "x", count: 4_097) + "\n")
            #expect(try long.receiveToEnd() == [])
            #expect(
                try server.waitForLine(on: .standardError, containing: "longer")
                    == "hello-server: 127.0.0.1:\(own): message longer than 4096 bytes; "
                    + "send shorter ones, each with a newline at its end")
        }
    }

    @Test func itMeetsTheHostileCases() throws {
        try withCases { cases in
            try cases.byteAtATime(Array("Hi Server\n".utf8), replies: Self.greeting)
            try cases.manyInOneSegment(Array("Hi\nHi\nHi\n".utf8), replies: Self.greeting)
            try cases.halfAMessage(Array("Hi".utf8))
            try cases.resetInMidMessage(Array("Hi".utf8))
            try cases.probes()
            try cases.silentPeers()
            try cases.stalledPeers(Array("Hi".utf8))
            try cases.neverReading(count: 50, flood: Array("Hi Server\n".utf8), limit: 4_096)
            try cases.dribblingPeers(Array("Hi".utf8))
            try cases.randomBytes()
            try cases.crowd()
        }
    }

    @Test func itServesWithoutADescriptorLeft() throws {
        try withCases(descriptorLimit: 64) { try $0.descriptorsRunOut(limit: 64) }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheServerInGoodOrder(signal: Int32) throws {
        try withHelloServer { server in
            let silent = try RawClient(port: server.listeningPort())
            let begun = try RawClient(port: server.listeningPort())
            try begun.send("Hi")
            let other = try RawClient(port: server.listeningPort())
            try greet(other)
            try expectOrderlyEnd(of: server, by: signal, peers: [silent, begun])
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
            (.resetsInMidMessage(Array("He".utf8), after: 9), 1, ""),
            // Text has no length: what came before the end is the reply.
            (.closesInMidMessage(Array("He".utf8), after: 9), 0, "He\n"),
            (.byteAtATime([greeting], toEach: 9), 0, "Hello in return!\n"),
            (.wrongProtocol, 0, "HTTP/1.1 400 Bad Request\n"),
        ] as [(HostileServer, Int32, String)])
    func theClientMeetsHostileServers(
        server: HostileServer, exit: Int32, output: String
    ) throws {
        let result = try server.result(of: "hello-client") {
            ["127.0.0.1", "\($0)", "--pause", "1"]
        }
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

    @Test(arguments: ["", "He"])
    func aReplyThatDoesNotComeIsNotWaitedForLongerThanTheTimeout(part: String) throws {
        let listener = try RawServer()
        let problem =
            part.isEmpty
            ? "no reply within 0.2 s"
            : "only 2 bytes of a message came, and nothing more for 0.2 s; "
                + "with a --pause above 0 that is a message"
        let arguments = ["127.0.0.1", "\(listener.port)", "--timeout", "0.2", "--pause", "0"]
        try withProgram("hello-client", arguments) { client in
            let connection = try listener.accept()
            try connection.send(part)
            let exit = try client.waitForExit()
            #expect(exit == 1 && client.standardOutput.isEmpty)
            #expect(client.standardError == "hello-client: \(problem)\n")
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
        try withProgram("hello-server", ["127.0.0.1", "0", "--pause", "0.1"]) { server in
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
        descriptorLimit: Int? = nil, _ body: (Running) throws -> Void
    ) throws {
        try withProgram(
            "hello-server", ["127.0.0.1", "0", "--pause", "0"], descriptorLimit: descriptorLimit,
            body)
    }

    private func withCases(
        descriptorLimit: Int? = nil, _ body: (HostileCases) throws -> Void
    ) throws {
        try withHelloServer(descriptorLimit: descriptorLimit) { server in
            try body(HostileCases(against: server, exchange: greet))
        }
    }

    private func greet(_ peer: RawClient) throws {
        try peer.send("Hi Server\n")
        #expect(try peer.receiveToEnd() == Self.greeting)
    }
}
