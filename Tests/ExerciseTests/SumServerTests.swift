import Foundation
import Testing

/// Lab 2, Assignment 2: the sum server's answers and output, seen from a bare socket.
struct SumServerTests {
    @Test(arguments: [
        // Request, reply, the client's name, its number; without line ends, then with them.
        ("Alice,42", "Bob,57", "Alice", 42), ("Alice, 42", "Bob, 57", "Alice", 42),
        ("Alice ;\t1", "Bob ;\t57", "Alice", 1), ("Alice:100", "Bob:57", "Alice", 100),
        ("Alice | 7", "Bob | 57", "Alice", 7), ("Alice 42", "Bob 57", "Alice", 42),
        ("Anna Maria \t 42", "Bob \t 57", "Anna Maria", 42),
        ("Doe, John, 42", "Bob, 57", "Doe, John", 42),
        ("a;b:c|d,42", "Bob,57", "a;b:c|d", 42), ("José,+42", "Bob,57", "José", 42),
        ("  Alice,42  ", "Bob,57", "Alice", 42), (",007", "Bob,57", "", 7),
        ("Alice\n42", "Bob\n57", "Alice", 42), ("Anna Maria\n 42", "Bob\n57", "Anna Maria", 42),
        ("Alice\r\n42", "Bob\n57", "Alice", 42),
    ])
    func everySeparatorIsAnsweredWithItself(
        request: String, reply: String, name: String, number: Int
    ) throws {
        try withSumServer(["--pause", "0.05"]) { server in
            for ending in ["", "\n"] {
                let peer = try RawClient(port: server.listeningPort())
                try peer.send(request + ending)
                let received = try peer.receiveToEnd()
                #expect(String(decoding: received, as: UTF8.self) == reply + ending)
            }
            try server.waitForLine(containing: "Sum:")
            try server.waitForLine(containing: "Sum:")
            let lines = """
                Client's name: \(name)
                Server's name: Bob
                Client's number: \(number)
                Server's number: 57
                Sum: \(number + 57)

                """
            #expect(server.standardOutput == lines + lines)
            let port = try server.listeningPort()
            #expect(server.standardError == "sum-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test(arguments: [
        ("Alice,abc", "Alice"), ("Alice,", "Alice"), ("Alice,3.5", "Alice"), ("Alice", "Alice"),
        ("Alice,42,", "Alice,42"), ("x\u{1B}[2J,y", "x\\u{1B}[2J"), ("Alice\nabc", "Alice"),
        ("Anna Maria", "Anna Maria"), ("Alice,4 2", "Alice"),
    ])
    func whatIsNoNumberIsAnsweredAndTheServerGoesOn(request: String, name: String) throws {
        try withSumServer { server in
            for ending in ["", "\n"] {
                let peer = try RawClient(port: server.listeningPort())
                try peer.send(request + ending)
                peer.shutdownSending()
                let reply = String(decoding: try peer.receiveToEnd(), as: UTF8.self)
                #expect(reply == "error: '\(name)' came without a whole number" + ending)
            }
            let shown = request.replacingOccurrences(of: "\n", with: "\\u{A}")
                .replacingOccurrences(of: "\u{1B}", with: "\\u{1B}")
            for number in 1...2 {
                #expect(
                    try server.waitForLine(on: .standardError, containing: "client \(number): ")
                        == "sum-server: client \(number): '\(shown)' has no whole number")
            }
            #expect(try exchange("Alice,42", with: server) == "Bob,57")
            // The first line that it has printed.
            #expect(try server.nextLine() == "Client's name: Alice")
        }
    }

    @Test(arguments: [
        "0", "101", "-1", "-42", "9223372036854775807", "9223372036854775808",
        "-99999999999999999999999999999999999999999",
    ])
    func anIntegerOutOfRangeEndsTheServer(number: String) throws {
        for separator in [",", " ", "\n"] {
            try withSumServer { server in
                let other = try RawClient(port: server.listeningPort())
                #expect(try exchange("Alice,42", with: server) == "Bob,57")
                #expect(try exchange("Eve\(separator)\(number)", with: server) == "")
                // Everybody sees an end of stream, and nobody a reset.
                #expect(try other.receiveToEnd() == [])
                other.close()
                #expect(try server.waitForExit() == 0)
                #expect(
                    server.standardOutput.hasSuffix("Sum: 99\nClient's number: \(number)\n"))
            }
        }
    }

    @Test func theNumberIsDrawnOnceAndRepeatedByItsSeed() throws {
        var numbers: Set<String> = []
        for seed in ["1", "1", "2", "3", "4"] {
            try withProgram(
                "sum-server", ["127.0.0.1", "0", "--name", "Bob", "--seed", seed, "--pause", "0"]
            ) { server in
                let first = try exchange("Alice,42", with: server)
                #expect(try exchange("Alice,42", with: server) == first)
                let number = try #require(Int(first.dropFirst(4)))
                #expect((1...100).contains(number))
                numbers.insert(first)
            }
        }
        #expect((2...4).contains(numbers.count))
    }

    @Test func itsNameIsThatOfWhoeverRunsIt() throws {
        let user = try Running(["id", "-un"]).runToEnd().stdout.dropLast()
        try withProgram("sum-server", ["127.0.0.1", "0", "--number", "57", "--pause", "0"]) {
            let reply = try exchange("Alice,42", with: $0)
            #expect(reply == "Server of \(user),57")
            try $0.waitForLine(containing: "Server's name: Server of \(user)")
        }
    }

    @Test func aNumberOutOfRangeIsWrongUsage() throws {
        for number in ["0", "101", "x"] {
            let result = try run("sum-server", ["0", "--number", number])
            #expect(result.exit == 64 && result.stdout.isEmpty)
            #expect(
                result.stderr.hasPrefix(
                    "sum-server: --number: '\(number)' is not a whole number from 1 to 100\n"))
        }
    }

    @Test func whatIsPrintedIsEscaped() throws {
        try withSumServer { server in
            #expect(try exchange("a\u{1B}[2J\u{202E},5", with: server) == "Bob,57")
            try server.waitForLine(containing: "Client's name: a\\u{1B}[2J\\u{202E}")
        }
    }

    @Test func aMessageHasAtMost4096Bytes() throws {
        try withSumServer { server in
            let name = String(repeating: "a", count: 4_093)
            for text in ["\(name),42", "\(name),42\n", "\(name),42\r\n", "\(name)\n42\n"] {
                #expect(try exchange(text, with: server).hasPrefix("Bob"))
            }
            for text in ["\(name)a,42", "\(name)a,42\n", "\(name)a\n42\n", "\(name)aaaaaaaaaa"] {
                #expect(try exchange(text, with: server) == "")
                let line = try server.waitForLine(on: .standardError, containing: "longer")
                #expect(
                    line.hasSuffix(
                        ": message longer than 4096 bytes; "
                            + "send a name and a number, as in Alice,42"))
            }
        }
    }

    @Test func aBegunMessageHasItsLimit() throws {
        try withSumServer(["--timeout", "0.2"]) { server in
            for (text, count) in [("Ali", 3), ("Alice\n", 6)] {
                let peer = try RawClient(port: server.listeningPort())
                try peer.send(text)
                #expect(try peer.receiveToEnd() == [])
                let line = try server.waitForLine(on: .standardError, containing: "sent")
                #expect(
                    line.hasSuffix(": sent \(count) bytes of a message, and nothing more for 0.2 s")
                )
            }
        }
    }

    @Test func itMeetsTheHostileCases() throws {
        try withCases { cases in
            // Half a message at the end of the stream is an error: it is answered, and the server
            // goes on.
            try cases.halfAMessage(Array("Alice,".utf8))
            try cases.halfAMessage(Array("Alice\n".utf8))
            try cases.byteAtATime(Array("Alice,42\n".utf8), replies: Array("Bob,57\n".utf8))
            try cases.byteAtATime(Array("Alice\n42\n".utf8), replies: Array("Bob\n57\n".utf8))
            try cases.manyInOneSegment(
                Array("Alice,42\nEve,0\nEve,7\n".utf8), replies: Array("Bob,57\n".utf8))
            try cases.resetInMidMessage(Array("Alice,4".utf8))
            try cases.probes()
            try cases.silentPeers()
            try cases.stalledPeers(Array("Alice\n4".utf8))
            try cases.neverReading(count: 50, flood: Array("Alice,42\n".utf8), limit: 4_096)
            try cases.crowd()
        }
    }

    @Test func noiseHarmsNobody() throws {
        try withCases { try $0.randomBytes() }
    }

    @Test func itServesWithoutADescriptorLeft() throws {
        try withCases(descriptorLimit: 64) { try $0.descriptorsRunOut(limit: 64) }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsItInGoodOrder(signal: Int32) throws {
        try withSumServer { server in
            let silent = try RawClient(port: server.listeningPort())
            let begun = try RawClient(port: server.listeningPort())
            try begun.send("Alice\n")
            #expect(try exchange("Alice,42", with: server) == "Bob,57")
            server.signal(signal)
            #expect(try silent.receiveToEnd() == [])
            #expect(try begun.receiveToEnd() == [])
            silent.close()
            begun.close()
            #expect(try server.waitForExit() == 0)
        }
    }

    private func withCases(
        descriptorLimit: Int? = nil, _ body: (HostileCases) throws -> Void
    ) throws {
        try withSumServer(descriptorLimit: descriptorLimit) { server in
            let cases = try HostileCases(against: server) { peer in
                try peer.send("Alice,42\n")
                let reply = try peer.receiveLine()
                guard reply == "Bob,57" else { throw server.failure("answered \(reply)") }
            }
            try body(cases)
        }
    }

    /// Sends a whole message, ends the stream, and returns the whole reply.
    private func exchange(_ message: String, with server: Running) throws -> String {
        let peer = try RawClient(port: server.listeningPort())
        try peer.send(message)
        peer.shutdownSending()
        return String(decoding: try peer.receiveToEnd(), as: UTF8.self)
    }
}

/// Starts a sum server with the name Bob and the number 57.
func withSumServer(
    _ arguments: [String] = [], descriptorLimit: Int? = nil, _ body: (Running) throws -> Void
) throws {
    let common = ["127.0.0.1", "0", "--name", "Bob", "--number", "57"]
    let pause = arguments.contains("--pause") ? [] : ["--pause", "0"]
    try withProgram(
        "sum-server", common + pause + arguments, descriptorLimit: descriptorLimit, body)
}
