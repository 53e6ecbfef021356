import Foundation
import Testing

/// CS 212, question 3: the server's answers to datagrams, seen from a bare socket.
struct DateTimeServerTests {
    /// 2026-11-21 23:59:59 in Greenwich, worked out with Python.
    private static let moment = "1795305599"
    private static let error = "error: unknown request; send SEND_DATE or SEND_TIME"

    @Test(arguments: [
        ("UTC0", "2026-11-21", "23:59:59"), ("IST-5:30", "2026-11-22", "05:29:59"),
        ("EST5", "2026-11-21", "18:59:59"), ("XYZ24", "2026-11-20", "23:59:59"),
    ])
    func itTellsTheDateAndTheTimeInTheZone(zone: String, date: String, time: String) throws {
        try withDateTimeServer(environment: ["TZ": zone]) { server, peer in
            let port = try server.listeningPort()
            for request in ["SEND_DATE", "SEND_DATE\n", "SEND_DATE\r\n"] {
                #expect(try peer.ask(request, server) == date)
            }
            for request in ["SEND_TIME", "SEND_TIME\n", "SEND_TIME\r\n"] {
                #expect(try peer.ask(request, server) == time)
            }
            #expect(server.standardOutput.isEmpty)
            #expect(
                server.standardError
                    == "datetime-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test func withoutAFixedClockItTellsTheSystemsTime() throws {
        try withProgram("datetime-server", ["127.0.0.1", "0"], environment: ["TZ": "UTC0"]) {
            let peer = try RawDatagramSocket()
            let date = try Running(["date", "-u", "+%F"])
            let before = try date.runToEnd().stdout.dropLast()
            let answer = try peer.ask("SEND_DATE", $0)
            let after = try Running(["date", "-u", "+%F"]).runToEnd().stdout.dropLast()
            #expect(answer == before || answer == after)
            let time = try peer.ask("SEND_TIME", $0)
            #expect(time.utf8.count == 8 && time.filter { $0 == ":" }.count == 2)
        }
    }

    @Test(arguments: [
        "", "\n", "\n\n", "send_date", "SEND_DATE ", " SEND_DATE", "SEND_DATE\n\n", "SEND_DATE\0",
        "SEND_", "SEND_DATESEND_TIME", "SEND_DATE\nSEND_TIME", "hello", "error", " error:",
        Sample("x", times: 65_507),
    ])
    func anythingElseIsAnError(request: Sample) throws {
        try withDateTimeServer { server, peer in
            let answer = try peer.ask(request.text, server)
            #expect(answer == Self.error)
            #expect(try peer.ask("SEND_TIME", server) == "23:59:59")
        }
    }

    @Test func twoServersDoNotTalkForEver() throws {
        try withDateTimeServer { server, peer in
            let port = try server.listeningPort()
            for text in ["error:", "error: x", Self.error, Self.error.uppercased(), "Error:\n"] {
                try peer.send(text, to: port)
            }
            // None of them gets an answer: the next datagram is the answer to this one.
            #expect(try peer.ask("SEND_TIME", server) == "23:59:59")
        }
    }

    @Test func noiseHarmsNobody() throws {
        try withDateTimeServer { server, peer in
            let port = try server.listeningPort()
            let before = server.openDescriptors
            let noisy = try RawDatagramSocket()
            for seed in 0..<300 {
                let bytes = seededBytes(count: seed * 200, seed: UInt64(seed))
                try noisy.send(bytes, to: port)
                _ = try noisy.receive()
            }
            // This sender is gone when its answer comes.
            for _ in 0..<50 {
                let leaving = try RawDatagramSocket()
                try leaving.send("SEND_TIME", to: port)
                leaving.close()
            }
            #expect(try peer.ask("SEND_TIME", server) == "23:59:59")
            #expect(server.openDescriptors == before)
            #expect(server.isAlive)
        }
    }

    @Test func manyAreServedAtOnce() throws {
        try withDateTimeServer { server, _ in
            let port = try server.listeningPort()
            let peers = try (0..<200).map { _ in try RawDatagramSocket() }
            for (number, peer) in peers.enumerated() {
                try peer.send(number.isMultiple(of: 2) ? "SEND_DATE" : "SEND_TIME", to: port)
            }
            for (number, peer) in peers.enumerated() {
                let (bytes, source) = try peer.receive()
                let expected = number.isMultiple(of: 2) ? "2026-11-21" : "23:59:59"
                #expect(bytes == Array(expected.utf8) && source == port)
            }
        }
    }

    @Test(.requiresIPv6) func itServesIPv6() throws {
        try withProgram(
            "datetime-server", ["::1", "0", "--at", Self.moment], environment: ["TZ": "UTC0"]
        ) { server in
            let port = try server.listeningPort()
            #expect(server.standardError == "datetime-server: listening on [::1]:\(port)\n")
            let peer = try RawDatagramSocket(address: "::1")
            try peer.send("SEND_DATE", to: port)
            #expect(try peer.receive().bytes == Array("2026-11-21".utf8))
            let arguments = ["::1", "\(port)", "--count", "2", "--delay", "0"]
            #expect(try run("datetime-client", arguments).stdout == "2026-11-21\n23:59:59\n")
        }
    }

    @Test(arguments: ["x", "1.5", "", "253402300800", "99999999999999999999"])
    func aMomentThatIsNoneIsWrongUsage(moment: String) throws {
        let result = try run("datetime-server", ["0", "--at", moment])
        #expect(result.exit == 64 && result.stdout.isEmpty)
        #expect(result.stderr.hasPrefix("datetime-server: --at: '\(moment)' is not a whole number"))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsIt(signal: Int32) throws {
        try withDateTimeServer { server, peer in
            _ = try peer.ask("SEND_TIME", server)
            server.signal(signal)
            #expect(try server.waitForExit() == 0)
            #expect(server.standardOutput.isEmpty)
        }
    }

    @Test func aTraceShowsEveryMessageOnStandardError() throws {
        try withDateTimeServer(["-v"]) { server, peer in
            _ = try peer.ask("SEND\u{1B}", server)
            #expect(
                try server.waitForLine(on: .standardError, containing: " from ")
                    == "datetime-server: from 127.0.0.1:\(peer.port): "
                    + "\"SEND\\u{1B}\" [53 45 4e 44 1b]")
            try server.waitForLine(on: .standardError, containing: " to 127.0.0.1:\(peer.port): ")
        }
    }

    @Test(.requiresPython) func ourServerServesANaiveClient() throws {
        try withDateTimeServer { server, _ in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            #expect(
                try PythonPeer.run("datetime_client", address + ["4"])
                    == ProgramResult(
                        exit: 0, stdout: "2026-11-21\n23:59:59\n2026-11-21\n23:59:59\n",
                        stderr: ""))
        }
    }
}

/// Starts a server with its clock at 2026-11-21 23:59:59 UTC, and hands over a socket to ask.
func withDateTimeServer(
    _ arguments: [String] = [], environment: [String: String] = ["TZ": "UTC0"],
    _ body: (Running, RawDatagramSocket) throws -> Void
) throws {
    try withProgram(
        "datetime-server", ["127.0.0.1", "0", "--at", "1795305599"] + arguments,
        environment: environment
    ) { try body($0, RawDatagramSocket()) }
}

extension RawDatagramSocket {
    /// Sends a datagram to the server, and returns the text of the next datagram.
    func ask(_ request: String, _ server: Running) throws -> String {
        try send(request, to: server.listeningPort())
        return String(decoding: try receive().bytes, as: UTF8.self)
    }
}
