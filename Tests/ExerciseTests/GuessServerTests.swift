import Foundation
import Testing

/// Practice 4, Assignment III: the server's answers, its lines, and how its games begin and end.
struct GuessServerTests {
    @Test(arguments: ["select", "poll", "epoll"])
    func aGameFromTheFirstQuestionToTheNext(poller: String) throws {
        try withGuessServer(["--number", "37", "--poller", poller]) { server, port in
            let player = try RawClient(port: port)
            #expect(try player.ask("<", 38) == "I")
            #expect(try player.ask("<", 37) == "N")
            #expect(try player.ask(">", 36) == "I")
            #expect(try player.ask(">", 37) == "N")
            #expect(try player.ask("=", 37) == "Y")
            player.close()
            try server.waitForLine(containing: "new game")
            let next = try RawClient(port: port)
            #expect(try next.ask("<", 1) == "N")
            next.close()
            try server.waitForLine(containing: "client 2 left")
            server.signal(SIGTERM)
            #expect(
                try server.runToEnd()
                    == ProgramResult(
                        exit: 0,
                        stdout: """
                            client 1 joined
                            client 1 won with 37
                            client 1 left
                            new game
                            client 2 joined
                            client 2 left

                            """,
                        stderr: "guess-server: listening on 127.0.0.1:\(port)\n"))
        }
    }

    @Test func aPlayerThatIsOutGetsTheEndAndTheOthersPlayOn() throws {
        try withGuessServer(["--number", "37"]) { server, port in
            let (one, two) = (try RawClient(port: port), try RawClient(port: port))
            #expect(try one.ask("=", 36) == "K")
            for comparison in ["<", ">", "="] { #expect(try one.ask(comparison, 37) == "V") }
            #expect(try two.ask("<", 50) == "I")
            #expect(try two.ask("=", 38) == "K")
            let three = try RawClient(port: port)
            #expect(try three.ask("=", 37) == "Y")
            [one, two, three].forEach { $0.close() }
            try server.waitForLine(containing: "new game")
            let lines = server.standardOutput.split(separator: "\n")
            #expect(
                lines.prefix(6) == [
                    "client 1 joined", "client 1 is out", "client 2 joined", "client 2 is out",
                    "client 3 joined", "client 3 won with 37",
                ])
            #expect(lines.count == 10 && lines.last == "new game")
        }
    }

    @Test func afterAWinEveryQuestionOfEveryoneIsAnsweredWithTheEnd() throws {
        try withGuessServer(["--number", "100"]) { server, port in
            let (winner, loser, other) = (
                try RawClient(port: port), try RawClient(port: port), try RawClient(port: port)
            )
            #expect(try loser.ask("=", 1) == "K")
            #expect(try other.ask(">", 99) == "I")
            #expect(try winner.ask("=", 100) == "Y")
            let newcomer = try RawClient(port: port)
            for player in [winner, loser, other, newcomer] {
                for comparison in ["<", ">", "="] {
                    #expect(try player.ask(comparison, 100) == "V")
                }
                // Nothing came unasked before, and nothing comes now.
                player.shutdownSending()
                #expect(try player.receiveToEnd() == [])
            }
            try server.waitForLine(containing: "new game")
        }
    }

    @Test func aNewGameWaitsForTheLastConnectionEvenASilentOne() throws {
        try withGuessServer(["--number", "5"]) { server, port in
            let silent = try RawClient(port: port)
            let winner = try RawClient(port: port)
            #expect(try winner.ask("=", 5) == "Y")
            winner.close()
            try server.waitForLine(containing: "client 1 left")
            let late = try RawClient(port: port)
            #expect(try late.ask("=", 5) == "V")
            silent.close()
            #expect(try late.ask("=", 5) == "V")
            late.close()
            try server.waitForLine(containing: "new game")
            let first = try RawClient(port: port)
            #expect(try first.ask("=", 5) == "Y")
            try expectWritten(
                by: server,
                """
                client 1 joined
                client 1 won with 5
                client 1 left
                client 2 joined
                client 2 left
                new game
                client 3 joined
                client 3 won with 5

                """)
        }
    }

    @Test func aSilentConnectionIsClosedAfterAWinAndNotBefore() throws {
        try withGuessServer(["--number", "5", "--timeout", "0.2"]) { server, port in
            let silent = try RawClient(port: port)
            let stalled = try RawClient(port: port)
            try stalled.send([0x3C])
            // This takes the timeout, and the silent client stays connected, for nobody owes a
            // question.
            #expect(try stalled.receiveToEnd() == [])
            #expect(try silent.ask("<", 6) == "I")
            let other = try RawClient(port: port)
            #expect(try silent.ask("=", 5) == "Y")
            #expect(try other.receiveToEnd() == [])
            #expect(try silent.receiveToEnd() == [])
            try server.waitForLine(containing: "new game")
            #expect(
                server.standardOutput
                    == "client 1 joined\nclient 1 won with 5\nclient 1 left\nnew game\n")
            try server.waitForLine(
                on: .standardError,
                containing: ": sent 1 of 8 bytes of a message, and nothing more for 0.2 s")
            // The limit ends with the game: this client is silent for longer.
            let next = try RawClient(port: port)
            try waitAsLongAsTheTimeout(port)
            #expect(try next.ask("<", 6) == "I")
        }
    }

    @Test func afterAWinAPlayerHasTheTimeoutFromTheWinOn() throws {
        try withGuessServer(["--number", "5", "--timeout", "2"]) { server, port in
            let thinking = try RawClient(port: port)
            #expect(try thinking.ask("<", 6) == "I")
            try waitAsLongAsTheTimeout(port)
            let winner = try RawClient(port: port)
            #expect(try winner.ask("=", 5) == "Y")
            #expect(try thinking.ask("<", 5) == "V")
            #expect(try thinking.receiveToEnd() == [])
            #expect(try winner.receiveToEnd() == [])
            try server.waitForLine(containing: "new game")
        }
    }

    @Test func aPlayerThatAsksOnAfterTheEndDoesNotHoldUpTheNextGame() throws {
        try withGuessServer(["--number", "5", "--timeout", "2"]) { server, port in
            let out = try RawClient(port: port)
            #expect(try out.ask("=", 4) == "K")
            #expect(try out.ask("=", 5) == "V")
            try waitAsLongAsTheTimeout(port)
            // That time was before the win, and does not count.
            #expect(try out.ask("=", 5) == "V")
            let winner = try RawClient(port: port)
            #expect(try winner.ask("=", 5) == "Y")
            winner.close()
            let deadline = Date(timeIntervalSinceNow: patience)
            while Date() < deadline, let answer = try? out.ask("<", 50) { #expect(answer == "V") }
            #expect(Date() < deadline)
            try server.waitForLine(containing: "new game")
        }
    }

    // SplitMix64 from the seed and Lemire's method over 1 to 100, worked out in Python.
    @Test(arguments: [("1", [57, 75, 98, 45, 45, 77]), ("2026", [86, 48, 67, 39, 80, 73])])
    func aSeedRepeatsTheNumbers(seed: String, numbers: [Int32]) throws {
        try withGuessServer(["--seed", seed]) { server, port in
            for number in numbers {
                let player = try RawClient(port: port)
                #expect(try player.ask("<", number) == "N")
                #expect(try player.ask(">", number) == "N")
                #expect(try player.ask("=", number) == "Y")
                player.close()
                try server.waitForLine(containing: "new game")
            }
        }
    }

    @Test func theWholeRangeOfTheFieldIsUnderstood() throws {
        try withGuessServer(["--number", "1"]) { _, port in
            let player = try RawClient(port: port)
            #expect(try player.ask("<", .max) == "I")
            #expect(try player.ask("<", .min) == "N")
            #expect(try player.ask(">", .min) == "I")
            #expect(try player.ask("=", .min) == "K")
        }
    }

    @Test(
        arguments: [
            ("!c i", [0x3D, 0, 0, 0, 37], [0x59, 0, 0, 0, 0]),
            ("1s i", [0x3D, 0xAA, 0xBB, 0xCC, 37, 0, 0, 0], [0x59, 0, 0, 0, 0, 0, 0, 0]),
            ("<c h", [0x3D, 37, 0], [0x59, 0, 0]),
            (">q c", [0, 0, 0, 0, 0, 0, 0, 37, 0x3D], [0, 0, 0, 0, 0, 0, 0, 0, 0x59]),
        ] as [(String, [UInt8], [UInt8])])
    func aClassMayHaveItsOwnLayout(layout: String, question: [UInt8], answer: [UInt8]) throws {
        try withGuessServer(["--number", "37", "--layout", layout]) { _, port in
            let player = try RawClient(port: port)
            try player.send(question)
            #expect(try player.receive(exactly: answer.count) == answer)
        }
    }

    @Test func whatIsNoQuestionEndsThatClientAlone() throws {
        try withGuessServer(["--number", "37"]) { server, port in
            let good = try RawClient(port: port)
            #expect(try good.ask("<", 50) == "I")
            let known = try RawClient(port: port)
            #expect(try known.ask("<", 50) == "I")
            try known.send([0x21, 0, 0, 0, 1, 0, 0, 0])
            #expect(try known.receiveToEnd() == [])
            // One byte is enough to detect a wrong peer.
            let stranger = try RawClient(port: port)
            try stranger.send([0x00])
            #expect(try stranger.receiveToEnd() == [])
            let cutOff = try RawClient(port: port)
            try cutOff.send([0x3C, 0, 0, 0, 1, 0, 0])
            cutOff.shutdownSending()
            #expect(try cutOff.receiveToEnd() == [])
            #expect(try good.ask("=", 37) == "Y")
            let (ofStranger, ofCutOff) = (try stranger.localPort, try cutOff.localPort)
            try expectWritten(
                by: server, on: .standardError,
                """
                guess-server: listening on 127.0.0.1:\(port)
                guess-server: client 2: unknown question '!'; a question begins with <, > or =
                guess-server: 127.0.0.1:\(ofStranger): unknown question 0x00; \
                a question begins with <, > or =
                guess-server: 127.0.0.1:\(ofCutOff): message cut off after 7 of 8 bytes; \
                another --layout may fit

                """)
        }
    }

    @Test func aResetIsReportedAndAProbeChangesNothing() throws {
        try withGuessServer(["--number", "37"]) { server, port in
            for _ in 0..<5 { try RawClient(port: port).reset() }
            for _ in 0..<5 { try RawClient(port: port).close() }
            let player = try RawClient(port: port)
            #expect(try player.ask("<", 50) == "I")
            player.reset()
            try server.waitForLine(containing: "client 1 left")
            #expect(server.standardOutput == "client 1 joined\nclient 1 left\n")
            let line = try server.nextLine(on: .standardError)
            #expect(line.hasPrefix("guess-server: client 1: cannot receive from 127.0.0.1:"))
            #expect(line.contains(": connection reset by peer; "))
        }
    }

    @Test func everyMessageIsTraced() throws {
        try withGuessServer(["--number", "37", "-v"]) { server, port in
            let player = try RawClient(port: port)
            // Padding may hold anything when received, and is sent as zero.
            try player.send([0x3C, 1, 2, 3, 51, 0, 0, 0, 0x3D, 0, 0, 0, 37, 0, 0, 0])
            #expect(try player.receive(exactly: 16) == [73] + zeros(7) + [89] + zeros(7))
            try expectWritten(
                by: server, on: .standardError,
                """
                guess-server: listening on 127.0.0.1:\(port)
                guess-server: from client 1: < 51 [3c 01 02 03 33 00 00 00]
                guess-server: to client 1: Yes [49 00 00 00 00 00 00 00]
                guess-server: from client 1: = 37 [3d 00 00 00 25 00 00 00]
                guess-server: to client 1: You won [59 00 00 00 00 00 00 00]

                """)
        }
    }

    /// Waits until the server has closed a connection that owes it the rest of a question.
    private func waitAsLongAsTheTimeout(_ port: Int) throws {
        let stalled = try RawClient(port: port)
        try stalled.send([0x3C])
        #expect(try stalled.receiveToEnd() == [])
        stalled.close()
    }

    private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}
