import Foundation
import Testing

/// CS 212, question 3: the client's questions, and lost or false replies.
struct DateTimeClientTests {
    @Test func itAsksForDateAndTimeInTurn() throws {
        try withDateTimeServer { server, _ in
            let port = try server.listeningPort()
            #expect(
                try run(
                    "datetime-client", ["localhost", "\(port)", "--count", "5", "--delay", "0"])
                    == ProgramResult(
                        exit: 0,
                        stdout: "2026-11-21\n23:59:59\n2026-11-21\n23:59:59\n2026-11-21\n",
                        stderr: ""))
        }
    }

    @Test func aRequestIsToTheByteAndHasASocketOfItsOwn() throws {
        try withFakeServer(["--count", "3"]) { client, server in
            var ports: Set<Int> = []
            for (request, reply) in [("SEND_DATE", "a"), ("SEND_TIME", "b\n"), ("SEND_DATE", "")] {
                let (bytes, port) = try server.receive()
                #expect(bytes == Array(request.utf8))
                ports.insert(port)
                try server.send(reply, to: port)
            }
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "a\nb\n\n")
            #expect(client.standardError.isEmpty)
            #expect(ports.count == 3)
        }
    }

    @Test func aStrangersDatagramIsNoReply() throws {
        try withFakeServer(["--count", "2"]) { client, server in
            let stranger = try RawDatagramSocket()
            for reply in ["2026-11-21", "23:59:59"] {
                let port = try server.receive().port
                try stranger.send("1970-01-01", to: port)
                try server.send(reply, to: port)
            }
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "2026-11-21\n23:59:59\n")
        }
    }

    @Test func doubleAndLateRepliesFindNobody() throws {
        try withFakeServer(["--count", "3"]) { client, server in
            let first = try server.receive().port
            for _ in 1...3 { try server.send("2026-11-21", to: first) }
            let second = try server.receive().port
            try server.send("2026-11-21", to: first)
            try server.send("23:59:59", to: second)
            let third = try server.receive().port
            try server.send("23:59:59", to: second)
            try server.send("2026-11-22", to: third)
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "2026-11-21\n23:59:59\n2026-11-22\n")
        }
    }

    @Test func itAsksFourTimesAndGoesOn() throws {
        try withFakeServer(["--count", "2", "--timeout", "0.05"]) { client, server in
            for _ in 1...4 {
                #expect(try server.receive().bytes == Array("SEND_DATE".utf8))
            }
            #expect(try client.nextLine() == "no reply")
            // There is an answer to each try: on a slow machine there may be more than one.
            repeat {
                let (bytes, port) = try server.receive()
                #expect(bytes == Array("SEND_TIME".utf8))
                try server.send("23:59:59", to: port)
            } while isReady(server.descriptor, for: Int32(POLLIN), by: Date())
            #expect(try client.waitForExit() == 0)
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func aReplyToTheLastTryIsAReply() throws {
        try withFakeServer(["--count", "1", "--timeout", "0.2"]) { client, server in
            for _ in 1...3 { _ = try server.receive() }
            let (_, port) = try server.receive()
            try server.send("2026-11-21", to: port)
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "2026-11-21\n")
        }
    }

    @Test func aRefusalIsATryAndIsToldOnce() throws {
        let deaf = try RawDatagramSocket(isListening: false)
        let options = ["--count", "3", "--timeout", "0.02", "--delay", "0"]
        #expect(
            try run("datetime-client", ["127.0.0.1", "\(deaf.port)"] + options)
                == ProgramResult(
                    exit: 1, stdout: "no reply\nno reply\nno reply\n",
                    stderr: """
                        datetime-client: cannot receive from 127.0.0.1:\(deaf.port): connection \
                        refused; start the server first, and check the address and the port
                        datetime-client: no request was answered; check the address and the port

                        """))
    }

    @Test func repliesAreEscapedAndTooLongOnesAreErrors() throws {
        try withFakeServer(["--count", "2"]) { client, server in
            try server.send("a\u{1B}[2J\nb", to: server.receive().port)
            #expect(try client.nextLine() == "a\\u{1B}[2J\\u{A}b")
            try server.send([UInt8](repeating: 0x78, count: 4_097), to: server.receive().port)
            #expect(try client.waitForExit() == 1)
            #expect(
                client.standardError
                    == "datetime-client: datagram with more than 4096 bytes of text\n")
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func aNetworkThatLosesDoublesAndReordersNeverMakesAFalseReply(seed: UInt64) throws {
        try withDateTimeServer { server, _ in
            let damage = ["--lose", "40", "--twice", "20", "--swap", "20", "--seed", "\(seed)"]
            let result = try withRelay("datetime", to: server.listeningPort(), damage) { relay in
                let options = ["--count", "14", "--timeout", "0.05", "--delay", "0"]
                return try run("datetime-client", ["127.0.0.1", "\(relay.port)"] + options)
            }
            #expect(result.exit == 0 && result.stderr.isEmpty)
            let lines = result.stdout.split(separator: "\n")
            #expect(lines.count == 14)
            for (number, line) in lines.enumerated() {
                let reply = number.isMultiple(of: 2) ? "2026-11-21" : "23:59:59"
                #expect(line == reply || line == "no reply")
            }
            #expect(lines.contains { $0 != "no reply" })
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func withoutACountItGoesOnUntilASignal(signal: Int32) throws {
        try withFakeServer([]) { client, server in
            for number in 1...20 {
                try server.send("reply \(number)", to: server.receive().port)
                #expect(try client.nextLine() == "reply \(number)")
            }
            client.signal(signal)
            #expect(try client.waitForExit() == 128 + signal)
        }
    }

    @Test(arguments: ["0", "-1", "x"])
    func aCountThatIsNoneIsWrongUsage(count: String) throws {
        let result = try run("datetime-client", ["127.0.0.1", "1", "--count=\(count)"])
        #expect(result.exit == 64 && result.stdout.isEmpty)
        #expect(result.stderr.hasPrefix("datetime-client: --count: '\(count)' is not"))
    }

    @Test(.requiresPython) func ourClientAsksANaiveServer() throws {
        try PythonPeer.with("datetime_server", ["127.0.0.1", "0"]) { server in
            let port = try server.listeningPort()
            let result = try run(
                "datetime-client", ["127.0.0.1", "\(port)", "--count", "2", "--delay", "0"])
            #expect(result.exit == 0 && result.stderr.isEmpty)
            #expect(result.stdout.utf8.count == "2026-11-21\n23:59:59\n".utf8.count)
        }
    }

    /// Starts a client that does not wait between its requests, and a socket for it to ask.
    private func withFakeServer(
        _ options: [String], _ body: (Running, RawDatagramSocket) throws -> Void
    ) throws {
        let server = try RawDatagramSocket()
        let timeout = options.contains("--timeout") ? [] : ["--timeout", "\(Int(patience))"]
        let arguments = ["127.0.0.1", "\(server.port)", "--delay", "0"] + timeout + options
        try withProgram("datetime-client", arguments) { try body($0, server) }
    }
}
