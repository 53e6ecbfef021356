import Foundation
import Testing

/// What the relay shows, and that it changes nothing.
struct RelayTests {
    private let question: [UInt8] = [0x3C, 0, 0, 0, 0x33, 0, 0, 0]
    private let answer: [UInt8] = [0x49, 0, 0, 0, 0, 0, 0, 0]

    @Test func aConversationIsShownLineByLine() throws {
        try withRelayedConnection("guess") { relay, client, server in
            try client.send(question)
            #expect(try server.receive(exactly: 8) == question)
            try server.send(answer)
            #expect(try client.receive(exactly: 8) == answer)
            try client.send([0x3C, 0, 0])
            #expect(try server.receive(exactly: 3) == [0x3C, 0, 0])
            client.reset()
            #expect(throws: RawSocketError.self) { try server.receiveToEnd() }
            #expect(
                try relay.lines() == [
                    "1  connects",
                    "1  → < 51               3c 00 00 00 33 00 00 00",
                    "1  ← Yes                49 00 00 00 00 00 00 00",
                    "1  → (3 of 8 bytes)     3c 00 00",
                    "1  client resets after 11 bytes",
                ])
        }
    }

    @Test func anEndPassesAndTheOtherDirectionGoesOn() throws {
        try withRelayedConnection("echo", ["--pause", "0"]) { relay, client, server in
            try client.send("hello")
            client.shutdownSending()
            #expect(try server.receiveToEnd() == Array("hello".utf8))
            try server.send("HELLO\n")
            #expect(try client.receiveLine() == "HELLO")
            server.close()
            #expect(try client.receiveToEnd() == [])
            #expect(
                try relay.lines() == [
                    "1  connects",
                    "1  → \"hello\"            68 65 6c 6c 6f",
                    "1  client ends after 5 bytes",
                    "1  ← \"HELLO\"            48 45 4c 4c 4f 0a",
                    "1  server ends after 6 bytes",
                ])
        }
    }

    @Test func aServersResetReachesTheClient() throws {
        try withRelayedConnection("raw") { relay, client, server in
            try client.send("unread")
            try relay.relay.waitForLine(containing: "6 bytes")
            server.reset()
            let error = #expect(throws: RawSocketError.self) { try client.receiveToEnd() }
            #expect(error?.code == ECONNRESET)
            try relay.relay.waitForLine(containing: "1  server resets after 0 bytes")
        }
    }

    @Test func aServerThatIsNotThereIsToldAndTheRelayGoesOn() throws {
        let nobody = try RawServer(isListening: false)
        try withRelay("guess", to: nobody.port) { relay in
            for number in 1...2 {
                let client = try relay.connect()
                #expect(throws: RawSocketError.self) { try client.receiveToEnd() }
                try relay.relay.waitForLine(
                    containing: "\(number)  the server: cannot connect to "
                        + "127.0.0.1:\(nobody.port): connection refused; ")
            }
        }
    }

    #if os(Linux)
        // The length of a queue is Linux's.
        @Test func aClientIsNotHeardBeforeTheServerHasRoomForIt() throws {
            let listener = try RawServer()
            // One client may wait, and this one does: the next one's connection does not stand.
            try #require(listen(listener.descriptor, 0) == 0)
            let waiting = try RawClient(port: listener.port)
            try withRelay("echo", to: listener.port) { relay in
                let client = try relay.connect()
                try relay.relay.waitForLine(containing: "1  connects")
                try client.send("one\n")
                let other = try relay.connect()
                try relay.relay.waitForLine(containing: "2  connects")
                #expect(try relay.lines() == ["1  connects", "2  connects"])
                client.close()
                other.close()
            }
            waiting.close()
        }
    #endif

    @Test func aTextWithoutALineEndIsShownAfterAPauseWithWhatItLacks() throws {
        try withRelayedConnection("chat", ["--pause", "0.05"]) { relay, client, server in
            try client.send("Anna")
            #expect(try server.receive(exactly: 4) == Array("Anna".utf8))
            try relay.relay.waitForLine(containing: "1  → \"Anna\" (no line end)  41 6e 6e 61")
        }
    }

    @Test func aPasswordIsShownNowhere() throws {
        try withRelayedConnection("quiz", ["--full", "--segments"]) { relay, client, server in
            try client.send("register anna s3cret\n")
            #expect(try server.receiveLine() == "register anna s3cret")
            try server.send("you sent register anna s3cret\n")
            #expect(try client.receiveLine() == "you sent register anna s3cret")
            let shown = try relay.lines().joined(separator: "\n")
            #expect(shown.contains("1  → \"register ***\"     ***"))
            #expect(!shown.contains("s3cret") && !shown.contains("73 33 63"))
        }
    }

    @Test func segmentsAndTimesAreShownIfAskedFor() throws {
        try withRelayedConnection("raw", ["--segments", "--times"]) { relay, client, server in
            try client.send("abc")
            #expect(try server.receive(exactly: 3) == Array("abc".utf8))
            let lines = try relay.lines()
            #expect(lines.count == 3)
            #expect(lines.first == "1  0.000  connects")
            #expect(lines.dropFirst().first?.hasSuffix("  → segment of 3 bytes") == true)
            #expect(lines.last?.hasSuffix("  → 3 bytes            61 62 63") == true)
        }
    }

    @Test func aLongMessageIsShownByItsBeginningUnlessAllIsAskedFor() throws {
        for isFull in [false, true] {
            try withRelayedConnection("message", isFull ? ["--full"] : []) {
                relay, client, server in
                try client.send(String(repeating: "é", count: 4_096))
                client.shutdownSending()
                #expect(try server.receiveToEnd().count == 8_192)
                let line = try relay.relay.waitForLine(containing: "1  → ")
                #expect(line.hasSuffix(" … 8192 bytes") == !isFull)
                #expect((line.count > 20_000) == isFull)
            }
        }
    }

    @Test func connectionsAreNumberedInTheOrderOfArrival() throws {
        let listener = try RawServer()
        try withRelay("raw", to: listener.port) { relay in
            for number in 1...12 {
                let client = try relay.connect()
                let server = try listener.accept()
                try relay.relay.waitForLine(containing: "\(number)  connects")
                client.close()
                #expect(try server.receiveToEnd() == [])
            }
        }
    }

    @Test func datagramsAreShownAndEachClientHasASocketOfItsOwn() throws {
        let server = try RawDatagramSocket()
        try withRelay("datetime", to: server.port) { relay in
            let clients = [try RawDatagramSocket(), try RawDatagramSocket()]
            for client in clients { try client.send("SEND_TIME", to: relay.port) }
            let first = try server.receive()
            let second = try server.receive()
            #expect(first.port != second.port)
            try server.send("23:59:59", to: second.port)
            let reply = try clients[1].receive()
            #expect(reply.bytes == Array("23:59:59".utf8) && reply.port == relay.port)
            try relay.relay.waitForLine(containing: "1  → \"SEND_TIME\"")
            try relay.relay.waitForLine(containing: "2  → \"SEND_TIME\"")
            try relay.relay.waitForLine(containing: "2  ← \"23:59:59\"")
            #expect(!relay.relay.standardOutput.contains("connects"))
        }
    }

    @Test func everyServerOfThePackageHasAnExercise() throws {
        let listed = try run("relay", ["--list"]).stdout.split(separator: "\n")
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        let servers = Command.all.filter(\.isServer).map { $0.name.dropLast("-server".count) }
        #expect(Set(servers.map(String.init)).subtracting(listed) == [])
        #expect(
            Set(listed).subtracting(servers.map(String.init)) == ["http-get", "raw", "raw-udp"])
    }

    @Test func aGameThroughTheRelayIsTheSameGame() throws {
        func play(through port: Int) throws -> ProgramResult {
            try run("guess-client", ["127.0.0.1", "\(port)", "--delay", "0"])
        }
        try withProgram("guess-server", ["127.0.0.1", "0", "--number", "37"]) { server in
            let port = try server.listeningPort()
            let alone = try play(through: port)
            try withRelay("guess", to: port) { relay in
                #expect(try play(through: relay.port) == alone)
                let damaged = ["--chop", "random", "--seed", "7"]
                try withRelay("guess", to: relay.port, damaged) { other in
                    let game = try play(through: other.port)
                    #expect(game == alone)
                }
            }
        }
    }

    @Test(arguments: [
        (["knitting", "0", "localhost:1"], "'knitting' is no exercise; --list shows them"),
        ([], "missing <exercise>; --list shows them"),
        (["guess", "0"], "missing <port> and <host>:<port>, as in 10001 localhost:10000"),
        (["guess", "x", "localhost:1"], "<port>: 'x' is not a whole number from 0 to 65535"),
        (["guess", "0", "localhost"], "'localhost' is not <host>:<port>, as in localhost:10000"),
        (
            ["chat", "0", "localhost:1", "--layout", "i"],
            "--layout: the messages of chat have no such format"
        ),
        (
            ["guess", "0", "localhost:1", "--lose", "5"],
            "--lose: TCP loses and doubles nothing; this is for UDP"
        ),
        (
            ["datetime", "0", "localhost:1", "--chop", "5"],
            "--chop: a datagram is not cut; this is for TCP"
        ),
        (
            ["guess", "0", "localhost:1", "--end-after", "1", "--reset-after", "2"],
            "--reset-after and --end-after exclude each other"
        ),
    ])
    func whatCannotBeDoneIsWrongUsage(arguments: [String], reason: String) throws {
        try expectUsageError(
            "relay", arguments, reason,
            usage: "[options] [<exercise> [[<address>] <port> <host>:<port>]]")
    }
}
