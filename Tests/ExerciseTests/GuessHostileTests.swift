import Foundation
import Testing

/// The guessing game with hostile and naive peers.
struct GuessHostileTests {
    @Test func aGoodPlayerNoticesNothingOfTheOthers() throws {
        try withGuessServer(["--number", "37"]) { server, port in
            let good = try RawClient(port: port)
            #expect(try good.ask("<", 50) == "I")
            let cases = try HostileCases(against: server) { player in
                try good.expect("I", to: ">", 36)
                try player.expect("N", to: "<", 37)
            }
            let half: [UInt8] = [0x3C, 0, 0]
            let questions = guessQuestion("<", 38) + guessQuestion(">", 38) + guessQuestion("<", 1)
            let replies = [0x49, 0x4E, 0x4E].flatMap { [$0, 0, 0, 0, 0, 0, 0, 0] as [UInt8] }
            try cases.halfAMessage(half)
            try cases.byteAtATime(questions, replies: replies)
            try cases.manyInOneSegment(questions, replies: replies)
            try cases.resetInMidMessage(half)
            try cases.probes()
            try cases.silentPeers()
            try cases.dribblingPeers(half)
            try cases.neverReading(flood: guessQuestion("<", 50), limit: 16 << 10)
            try cases.randomBytes()
            try cases.crowd()
            #expect(try good.ask("=", 37) == "Y")
            #expect(!server.standardOutput.contains("client 1 left"))
        }
    }

    @Test func aClientThatNeverReadsIsNotRead() throws {
        try withGuessServer(["--number", "37"]) { server, port in
            let cases = try HostileCases(against: server) { try $0.expect("I", to: ">", 36) }
            // This is enough to fill the kernels' buffers, so that the server is affected.
            try cases.neverReading(count: 1, flood: guessQuestion("<", 50), limit: 16 << 20)
            let memory = server.residentMemory ?? 0
            #expect(memory < 64 << 20)
        }
    }

    @Test func itRestsWhenDescriptorsRunOut() throws {
        try withGuessServer(["--number", "37"], descriptorLimit: 64) { server, _ in
            let cases = try HostileCases(against: server) { try $0.expect("I", to: ">", 36) }
            try cases.outOfDescriptors(limit: 64)
            #expect(server.standardError.components(separatedBy: "cannot accept").count <= 3)
            try server.waitForLine(
                on: .standardError,
                containing: "guess-server: cannot accept a client: too many open files; close "
                    + "some connections, or raise the limit with 'ulimit -n'; new clients wait")
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheServerInGoodOrder(signal: Int32) throws {
        try withGuessServer(["--number", "37"]) { server, port in
            let players = try (0..<3).map { _ in try RawClient(port: port) }
            for player in players { #expect(try player.ask("<", 50) == "I") }
            let stalled = try RawClient(port: port)
            try stalled.send([0x3C])
            try expectOrderlyEnd(of: server, by: signal, peers: players + [stalled])
        }
    }

    @Test(arguments: [
        (HostileServer.closesAtOnce, "the server closed the connection before the game ended"),
        (
            .closesInMidMessage([0x49, 0, 0], after: 8),
            "message cut off after 3 of 8 bytes; another --layout may fit"
        ),
        (.silent, "no reply within 0.2 s; another --layout may fit"),
        (
            .stallsInMidMessage([0x49, 0, 0], after: 8),
            "only 3 of 8 bytes of a message came, and nothing more for 0.2 s; "
                + "another --layout may fit"
        ),
        (.wrongProtocol, "unknown answer 'H'; an answer is I, N, K, Y or V"),
    ])
    func theClientTellsWhatTheServerDidWrong(server: HostileServer, problem: String) throws {
        let result = try server.result(of: "guess-client") {
            ["127.0.0.1", "\($0)", "--delay", "0", "--timeout", "0.2"]
        }
        #expect(result == ProgramResult(exit: 1, stdout: "", stderr: "guess-client: \(problem)\n"))
    }

    @Test(arguments: [
        HostileServer.resetsAtOnce, .resetsInMidMessage([0x49, 0, 0], after: 8),
    ])
    func theClientTellsOfAReset(server: HostileServer) throws {
        let result = try server.result(of: "guess-client") {
            ["127.0.0.1", "\($0)", "--delay", "0"]
        }
        #expect(result.exit == 1 && result.stdout.isEmpty)
        expectResetReported(result.stderr, by: "guess-client")
    }

    @Test func theClientTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "guess-client") {
            port = $0
            return ["127.0.0.1", "\($0)"]
        }
        #expect(result == ProgramResult.refused("guess-client", port: port))
    }

    @Test(.requiresPython) func aNaiveClientMeetsOurServer() throws {
        try withGuessServer(["--number", "37"]) { server, port in
            let late = try RawClient(port: port)
            let first = try PythonPeer.run("guess_client", ["127.0.0.1", "\(port)"])
            #expect(
                first.stdout == """
                    > 50 N
                    > 25 I
                    > 38 N
                    > 32 I
                    > 35 I
                    > 37 N
                    > 36 I
                    = 37 Y

                    """)
            let second = try PythonPeer.run("guess_client", ["127.0.0.1", "\(port)"])
            #expect(second == ProgramResult(exit: 0, stdout: "> 50 V\n", stderr: ""))
            late.close()
            try server.waitForLine(containing: "new game")
        }
    }

    @Test(.requiresPython) func ourClientMeetsANaiveServer() throws {
        try PythonPeer.with("guess_server", ["127.0.0.1", "0", "50"]) { server in
            let port = try server.listeningPort()
            let client = try run("guess-client", ["127.0.0.1", "\(port)", "--delay", "0"])
            #expect(client.exit == 0 && client.stderr.isEmpty)
            #expect(client.stdout.hasSuffix("< 50: No\n= 50: You won\n"))
        }
    }

    @Test(.requiresPython) func ourClientHearsTheEndThatANaiveServerBroadcasts() throws {
        try PythonPeer.with("guess_server", ["127.0.0.1", "0", "50", "broadcast"]) { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            // With this seed it waits a millisecond before its first question, and then for more
            // than ten minutes.
            let waits = ["--delay", "0-1000", "--seed", "445729"]
            try withProgram("guess-client", address + waits) { waiting in
                try waiting.waitForLine(containing: "< 51: Yes")
                let winner = try run("guess-client", address + ["--delay", "0"])
                #expect(winner.stdout.hasSuffix("\n= 50: You won\n"))
                #expect(try waiting.waitForExit() == 0)
                #expect(waiting.standardOutput == "< 51: Yes\nEnd of game\n")
            }
        }
    }
}
