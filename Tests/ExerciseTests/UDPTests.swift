import Foundation
import Testing

/// CS 212, question 1: datagrams that come back in upper case.
struct UDPTests {
    // MARK: The server

    @Test(arguments: [
        // Worked out with Python's str.upper.
        ("hello, world", "HELLO, WORLD"), ("hello\n", "HELLO"), ("hello\r\n", "HELLO"),
        ("a\n\n", "A\n"), ("", ""), ("\n", ""), ("stra\u{DF}e", "STRASSE"),
        ("日本 😀 42", "日本 😀 42"), ("a\u{1B}[2J", "A\u{1B}[2J"),
    ])
    func aDatagramComesBackInUpperCase(message: String, reply: String) throws {
        try withUDPServer { server, peer in
            let received = try peer.ask(message, server)
            #expect(received == reply)
            #expect(server.standardOutput.isEmpty)
        }
    }

    @Test func aMessageHasAtMost4096Bytes() throws {
        try withUDPServer { server, peer in
            let longest = String(repeating: "a", count: 4_096)
            #expect(try peer.ask(longest + "\r\n", server) == longest.uppercased())
            // U+0390 becomes three characters, of two bytes each.
            let growing = String(repeating: "\u{390}", count: 2_048)
            let grown = String(repeating: "\u{399}\u{308}\u{301}", count: 2_048)
            #expect(try peer.ask(growing, server) == grown)
            try peer.send(longest + "a", to: server.listeningPort())
            #expect(
                try server.waitForLine(on: .standardError, containing: "more than")
                    == "udp-server: 127.0.0.1:\(peer.port): "
                    + "datagram with more than 4096 bytes of text")
            // It got no answer: the next datagram is the answer to this one.
            #expect(try peer.ask("next", server) == "NEXT")
        }
    }

    @Test func twoServersDoNotTellEachOtherOfErrorsForEver() throws {
        try withUDPServer { server, peer in
            for text in ["error: unknown request", "ERROR:", "Error: x\n"] {
                try peer.send(text, to: server.listeningPort())
            }
            // None of them got an answer: the next datagram is the answer to this one.
            #expect(try peer.ask("error", server) == "ERROR")
        }
    }

    @Test func wrongUTF8BecomesAReplacementCharacter() throws {
        try withUDPServer { server, peer in
            try peer.send([0x61, 0xFF, 0x62], to: server.listeningPort())
            #expect(try peer.receive().bytes == Array("A\u{FFFD}B".utf8))
        }
    }

    @Test func noiseHarmsNobody() throws {
        try withUDPServer { server, peer in
            let port = try server.listeningPort()
            let before = server.openDescriptors
            let noisy = try RawDatagramSocket()
            for seed in 0..<200 {
                try noisy.send(seededBytes(count: seed * 300, seed: UInt64(seed)), to: port)
                // They take turns, so that no datagram is dropped for lack of room.
                #expect(try peer.ask("good \(seed)", server) == "GOOD \(seed)")
            }
            for _ in 0..<50 {
                let leaving = try RawDatagramSocket()
                try leaving.send("bye", to: port)
                leaving.close()
            }
            #expect(try peer.ask("still there?", server) == "STILL THERE?")
            #expect(server.openDescriptors == before)
        }
    }

    @Test func manyAreServedAtOnce() throws {
        try withUDPServer { server, _ in
            let port = try server.listeningPort()
            let peers = try (0..<200).map { _ in try RawDatagramSocket() }
            for (number, peer) in peers.enumerated() { try peer.send("peer \(number)", to: port) }
            for (number, peer) in peers.enumerated() {
                let (bytes, source) = try peer.receive()
                #expect(bytes == Array("PEER \(number)".utf8) && source == port)
            }
        }
    }

    // MARK: The client

    @Test func itSendsEachArgumentAndPrintsTheReply() throws {
        try withUDPServer { server, _ in
            let port = try server.listeningPort()
            #expect(
                try run("udp-client", ["127.0.0.1", "\(port)", "hello, world", "", "straße"])
                    == ProgramResult(exit: 0, stdout: "HELLO, WORLD\n\nSTRASSE\n", stderr: ""))
        }
    }

    @Test func withoutArgumentsItSendsEachLineOfInput() throws {
        try withUDPServer { server, _ in
            let port = try server.listeningPort()
            #expect(
                try run("udp-client", ["localhost", "\(port)"], input: "one\n\ntwo")
                    == ProgramResult(exit: 0, stdout: "ONE\n\nTWO\n", stderr: ""))
            #expect(
                try run("udp-client", ["localhost", "\(port)"])
                    == ProgramResult(exit: 0, stdout: "", stderr: ""))
        }
    }

    @Test func aDatagramIsTheBareText() throws {
        try withFakeServer(["hello"]) { client, server in
            let (bytes, port) = try server.receive()
            #expect(bytes == Array("hello".utf8))
            try server.send("a\u{1B}[2J\u{FF}\n", to: port)
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "a\\u{1B}[2J\u{FF}\n")
        }
    }

    @Test func strangersAndSecondCopiesAreNoReplies() throws {
        try withFakeServer(["one", "two"]) { client, server in
            let stranger = try RawDatagramSocket()
            let first = try server.receive().port
            try stranger.send("FALSE", to: first)
            for _ in 1...3 { try server.send("ONE", to: first) }
            let second = try server.receive().port
            try server.send("ONE", to: first)
            try server.send("TWO", to: second)
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "ONE\nTWO\n")
        }
    }

    @Test func whatDoesNotComeIsNotWaitedForLongerThanTheTimeout() throws {
        try withFakeServer(["hello", "--timeout", "0.2"]) { client, _ in
            let exit = try client.waitForExit()
            #expect(exit == 1 && client.standardOutput.isEmpty)
            #expect(
                client.standardError
                    == "udp-client: no reply within 0.2 s; datagrams get lost, try again\n")
        }
    }

    @Test func aRefusalAndATooLongReplyAreErrors() throws {
        let deaf = try RawDatagramSocket(isListening: false)
        #expect(
            try run("udp-client", ["127.0.0.1", "\(deaf.port)", "hello"])
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "udp-client: cannot receive from 127.0.0.1:\(deaf.port): "
                        + "connection refused; "
                        + "start the server first, and check the address and the port\n"))
        try withFakeServer(["hello"]) { client, server in
            let port = try server.receive().port
            try server.send([UInt8](repeating: 0x78, count: 12_289), to: port)
            #expect(try client.waitForExit() == 1)
            #expect(
                client.standardError == "udp-client: datagram with more than 12288 bytes of text\n")
        }
    }

    @Test func aMessageThatIsTooLongIsNotSent() throws {
        let server = try RawDatagramSocket()
        let long = String(repeating: "a", count: 4_097)
        #expect(
            try run("udp-client", ["127.0.0.1", "\(server.port)", "short", long])
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "udp-client: a message of 4097 bytes; the most is 4096\n"))
        #expect(!isReady(server.descriptor, for: Int32(POLLIN), by: Date()))
    }

    // MARK: Both

    @Test(.requiresIPv6) func theyWorkByIPv6() throws {
        try withProgram("udp-server", ["::1", "0"]) { server in
            let port = try server.listeningPort()
            #expect(server.standardError == "udp-server: listening on [::1]:\(port)\n")
            #expect(try run("udp-client", ["::1", "\(port)", "hi"]).stdout == "HI\n")
        }
    }

    @Test func aTraceShowsBothMessages() throws {
        try withUDPServer(["-v"]) { server, _ in
            let port = try server.listeningPort()
            #expect(
                try run("udp-client", ["127.0.0.1", "\(port)", "hi", "-v"]).stderr == """
                    udp-client: to 127.0.0.1:\(port): "hi" [68 69]
                    udp-client: from 127.0.0.1:\(port): "HI" [48 49]

                    """)
            try server.waitForLine(on: .standardError, containing: ": \"hi\" [68 69]")
            try server.waitForLine(on: .standardError, containing: ": \"HI\" [48 49]")
        }
    }

    @Test(.requiresPython) func ourServerServesANaiveClient() throws {
        try withUDPServer { server, _ in
            let port = try server.listeningPort()
            #expect(
                try PythonPeer.run("udp_client", ["127.0.0.1", "\(port)"], input: "hello\n")
                    == ProgramResult(
                        exit: 0, stdout: "Input lowercase sentence: HELLO\n", stderr: ""))
        }
    }

    @Test(.requiresPython) func ourClientAsksANaiveServer() throws {
        try PythonPeer.with("udp_server", ["127.0.0.1", "0"]) { server in
            let port = try server.listeningPort()
            #expect(
                try run("udp-client", ["127.0.0.1", "\(port)", "hello", "straße"])
                    == ProgramResult(exit: 0, stdout: "HELLO\nSTRASSE\n", stderr: ""))
        }
    }

    // MARK: Steps

    private func withUDPServer(
        _ arguments: [String] = [], _ body: (Running, RawDatagramSocket) throws -> Void
    ) throws {
        try withProgram("udp-server", ["127.0.0.1", "0"] + arguments) {
            try body($0, RawDatagramSocket())
        }
    }

    private func withFakeServer(
        _ arguments: [String], _ body: (Running, RawDatagramSocket) throws -> Void
    ) throws {
        let server = try RawDatagramSocket()
        try withProgram("udp-client", ["127.0.0.1", "\(server.port)"] + arguments) {
            try body($0, server)
        }
    }
}
