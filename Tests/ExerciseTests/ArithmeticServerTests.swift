import Foundation
import Testing

/// CS 212, question 6: the server's answers and output, seen from a bare socket.
struct ArithmeticServerTests {
    @Test func aSessionIsAnsweredAndPrinted() throws {
        try withArithmeticServer { server in
            let alice = try RawClient(port: server.listeningPort())
            try alice.send("Alice\n")
            for (request, reply) in [
                ("12 + 42", "54"), ("4.5 / -6", "-0.75"), ("3.24 - 45", "-41.76"),
                ("7 * -8", "-56"), ("0.1 + 0.2", "0.3"), ("1 / 3", "0.333333333333333"),
                ("-0 * 5", "0"), ("1 / 0", "error: division by zero"), ("3.24 45", Self.wrongForm),
                ("1 + \u{1B}[2J", Self.wrongForm), ("", Self.wrongForm), ("Q", Self.wrongForm),
                ("2 + 2", "4"),
            ] {
                try alice.send("\(request)\n")
                try alice.expectLine(reply)
            }
            try alice.send("q\n1 + 1\n")
            #expect(try alice.receiveToEnd() == [])
            alice.close()
            server.signal(SIGTERM)
            let port = try server.listeningPort()
            #expect(
                try server.runToEnd()
                    == ProgramResult(
                        exit: 0,
                        stdout: """
                            Alice: 12 + 42
                            Alice: 4.5 / -6
                            Alice: 3.24 - 45
                            Alice: 7 * -8
                            Alice: 0.1 + 0.2
                            Alice: 1 / 3
                            Alice: -0 * 5
                            Alice: 1 / 0
                            Alice: 3.24 45
                            Alice: 1 + \\u{1B}[2J
                            Alice:\u{20}
                            Alice: Q
                            Alice: 2 + 2
                            Session ended

                            """,
                        stderr: "arithmetic-server: listening on 127.0.0.1:\(port)\n"))
        }
    }

    @Test func everySessionHasItsNameAndAnyNumberGoOnAtOnce() throws {
        try withArithmeticServer { server in
            let clients = try ["Alice", "Bob", "Alice", "q"].map { name in
                let client = try RawClient(port: server.listeningPort())
                try client.send("\(name)\n")
                return client
            }
            for (number, client) in clients.enumerated().reversed() {
                try client.send("\(number) + 0\n")
                try client.expectLine("\(number)")
            }
            for client in clients {
                try client.send("q")
                client.shutdownSending()
                #expect(try client.receiveToEnd() == [])
            }
            try expectWritten(
                by: server,
                "q: 3 + 0\nAlice: 2 + 0\nBob: 1 + 0\nAlice: 0 + 0\n"
                    + String(repeating: "Session ended\n", count: 4))
        }
    }

    @Test func aClientThatSendsNoNewlineGetsNone() throws {
        try withArithmeticServer(["--pause", "0.1", "-v"]) { server in
            let client = try RawClient(port: server.listeningPort())
            try client.send("Alice")
            // The name is not answered: only the trace tells that it has been taken.
            try server.waitForLine(on: .standardError, containing: "from client 1: \"Alice\"")
            try client.send("1 + 1")
            #expect(try client.receiveOnce() == Array("2".utf8))
            try client.send("q")
            #expect(try client.receiveToEnd() == [])
            try expectWritten(by: server, "Alice: 1 + 1\nSession ended\n")
        }
    }

    @Test(arguments: [
        ("\n", "the name is empty"), ("a\tb\n", "a name holds only printable characters"),
        ("\u{1B}[2J\n", "a name holds only printable characters"),
    ])
    func aBadNameIsRefused(name: String, reason: String) throws {
        try withArithmeticServer { server in
            let client = try RawClient(port: server.listeningPort())
            try client.send("\(name)1 + 1\n")
            #expect(try client.receiveToEnd() == Array("error: \(reason)\n".utf8))
            let other = try RawClient(port: server.listeningPort())
            try other.send([0x61, 0xFF, 0x0A])
            #expect(try other.receiveToEnd() == Array("error: the name is not UTF-8\n".utf8))
            #expect(try answer(from: server) == "2")
            try expectWritten(by: server, "peer: 1 + 1\nSession ended\n")
        }
    }

    @Test func anEndWithoutQIsTold() throws {
        try withArithmeticServer { server in
            let port = try server.listeningPort()
            let polite = try RawClient(port: port)
            try polite.send("Alice\n1 + 1\n")
            try polite.expectLine("2")
            polite.close()
            try server.waitForLine(
                on: .standardError, containing: "arithmetic-server: Alice: left without q")
            let rude = try RawClient(port: port)
            try rude.send("Bob\n1 + 1\n1 +")
            try rude.expectLine("2")
            rude.reset()
            try server.waitForLine(
                on: .standardError, containing: "arithmetic-server: Bob: left without q")
            #expect(server.standardError.contains(": connection reset by peer"))
            try expectWritten(by: server, "Alice: 1 + 1\nBob: 1 + 1\n")
        }
    }

    @Test func aMessageHasAtMost4096Bytes() throws {
        try withArithmeticServer { server in
            let client = try RawClient(port: server.listeningPort())
            let zeros = String(repeating: "0", count: 4_091)
            try client.send("Alice\n\(zeros)1 + 1\r\n\(zeros)01 + 1\n1 + 1\n")
            #expect(try client.receiveToEnd() == Array("2\n".utf8))
            let line = try server.waitForLine(on: .standardError, containing: "longer")
            #expect(
                line == "arithmetic-server: Alice: message longer than 4096 bytes; "
                    + "send shorter ones, each with a newline at its end")
            try server.waitForLine(on: .standardError, containing: "Alice: left without q")
        }
    }

    @Test func aBegunMessageHasItsLimitAndAnIdleClientNone() throws {
        try withArithmeticServer(["--timeout", "0.2"]) { server in
            let idle = try RawClient(port: server.listeningPort())
            try idle.send("Anna\n")
            let slow = try RawClient(port: server.listeningPort())
            try slow.send("Alice\n1 +")
            #expect(try slow.receiveToEnd() == [])
            let line = try server.waitForLine(on: .standardError, containing: "sent")
            #expect(line.hasSuffix(": sent 3 bytes of a message, and nothing more for 0.2 s"))
            try idle.send("1 + 1\n")
            try idle.expectLine("2")
        }
    }

    @Test func everyMessageIsTraced() throws {
        try withArithmeticServer(["-v"]) { server in
            let client = try RawClient(port: server.listeningPort())
            try client.send("Al\n1 + 1\n")
            try client.expectLine("2")
            try expectWritten(
                by: server, on: .standardError,
                """
                arithmetic-server: listening on 127.0.0.1:\(try server.listeningPort())
                arithmetic-server: from client 1: "Al" [41 6c 0a]
                arithmetic-server: from Al: "1 + 1" [31 20 2b 20 31 0a]
                arithmetic-server: to Al: "2" [32 0a]

                """)
        }
    }

    @Test(.requiresIPv6) func itServesOverIPv6() throws {
        try withProgram("arithmetic-server", ["::1", "0", "--pause", "0"]) { server in
            let client = try RawClient(port: server.listeningPort(), address: "::1")
            try client.send("Alice\n12 + 42\n")
            try client.expectLine("54")
        }
    }

    @Test func itGreetsIfItIsAskedTo() throws {
        try withArithmeticServer(["--greeting", "Hello there", "--pause", "0.05"]) { server in
            let port = try server.listeningPort()
            let bare = try RawClient(port: port)
            try bare.send("Alice")
            try bare.expectLine("Hello there")
            try bare.send("12 + 42")
            #expect(try bare.receiveText(exactly: 2) == "54")
            let other = try RawClient(port: port)
            try other.send("Bob\n1 + 1\nq\n")
            #expect(try other.receiveToEnd() == Array("Hello there\n2\n".utf8))
            let refused = try RawClient(port: port)
            try refused.send("\n")
            #expect(try refused.receiveToEnd() == Array("error: the name is empty\n".utf8))
        }
        let long = String(repeating: "x", count: 4_097)
        let result = try run("arithmetic-server", ["0", "--greeting", long])
        #expect(result.exit == 64)
        #expect(
            result.stderr.hasPrefix(
                "arithmetic-server: --greeting: a message of 4097 bytes; the most is 4096\n"))
    }

    @Test(.requiresPython) func aGreetingServesAClientThatWaitsForOne() throws {
        try withArithmeticServer(["--greeting", "Hello there", "--pause", "0.05"]) { server in
            let arguments = ["127.0.0.1", "\(try server.listeningPort())", "Anna"]
            let client = try PythonPeer.run(
                "arithmetic_waiting_client", arguments, input: "12 + 42\nq\n")
            let output = "Hello there\nAnswer: 54\n"
            #expect(client == ProgramResult(exit: 0, stdout: output, stderr: ""))
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsItInGoodOrder(signal: Int32) throws {
        try withArithmeticServer { server in
            let peers = try ["", "Alice\n", "Bob\n1 +"].map { text in
                let peer = try RawClient(port: server.listeningPort())
                try peer.send(text)
                return peer
            }
            #expect(try answer(from: server) == "2")
            try expectOrderlyEnd(of: server, by: signal, peers: peers)
            #expect(server.standardOutput == "peer: 1 + 1\nSession ended\n")
        }
    }

    private static let wrongForm =
        "error: wrong form; send <number> <+ - * /> <number>, as in 12 + 42"

    /// One good session; the reply in it.
    private func answer(from server: Running) throws -> String {
        let peer = try RawClient(port: server.listeningPort())
        try peer.send("peer\n1 + 1\nq\n")
        let reply = try peer.receiveLine()
        _ = try peer.receiveToEnd()
        return reply
    }
}

/// Starts an arithmetic server, without the pause rule unless the arguments name a pause.
func withArithmeticServer(
    _ arguments: [String] = [], descriptorLimit: Int? = nil, _ body: (Running) throws -> Void
) throws {
    let pause = arguments.contains("--pause") ? [] : ["--pause", "0"]
    try withProgram(
        "arithmetic-server", ["127.0.0.1", "0"] + pause + arguments,
        descriptorLimit: descriptorLimit, body)
}
