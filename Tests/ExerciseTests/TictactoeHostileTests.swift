import Foundation
import Testing

/// Tic-tac-toe with hostile, many, and naive players.
struct TictactoeHostileTests {
    @Test func goodPlayersNoticeNothingOfTheOthers() throws {
        try withTictactoeServer { server, port in
            let cases = try HostileCases(against: server, exchange: game(at: port))
            let half = Array("ann".utf8)
            let refusal = "error: a name holds no blanks and no @\n"
            try cases.halfAMessage(half)
            try cases.byteAtATime(
                Array("@\r\nbyte\n".utf8), replies: Array((refusal + "Welcome byte\n").utf8))
            try cases.manyInOneSegment(
                Array("@\n@\nmany\n5\n5\n".utf8),
                replies: Array(
                    (refusal + refusal + "Welcome many\ninvalid not your turn\n"
                        + "invalid not your turn\n").utf8))
            try cases.resetInMidMessage(half)
            try cases.resetInMidMessage(Array("reset\n5".utf8))
            try cases.probes()
            try cases.silentPeers()
            try cases.dribblingPeers(half)
            try cases.neverReading(flood: Array("@\n".utf8), limit: 16 << 10)
            try cases.randomBytes()
            try cases.crowd()
        }
    }

    @Test func twoHundredGamesAtOnce() throws {
        try withTictactoeServer { server, port in
            let players = try (1...400).map { try RawClient(playingAt: port, as: "p\($0)") }
            for game in 1...200 {
                let (x, o) = (2 * game - 1, 2 * game)
                try players[x - 1].expectLine("init@\(game) p\(x) p\(o)")
                try players[o - 1].expectLine("init@\(game) p\(x) p\(o)")
            }
            var board = [Character](repeating: ".", count: 9)
            for (turn, cell) in [5, 1, 2, 9, 8].enumerated() {
                let before = String(board)
                board[cell - 1] = turn.isMultiple(of: 2) ? "X" : "O"
                // Every game makes its move before the next one of any.
                for game in 1...200 {
                    let mover = 2 * game - (turn.isMultiple(of: 2) ? 1 : 0)
                    try players[mover - 1].say("\(cell)", hearing: "move \(before)")
                }
                for number in 1...400 {
                    let mover = (number + 1) / 2 * 2 - (turn.isMultiple(of: 2) ? 1 : 0)
                    try players[number - 1].expectLine("moved p\(mover) \(cell) \(String(board))")
                }
            }
            for number in 1...400 {
                let winner = (number + 1) / 2 * 2 - 1
                #expect(
                    try players[number - 1].receiveToEnd() == Array("GameEnd p\(winner)\n".utf8))
            }
            try server.waitForText(" left\n", times: 400)
        }
    }

    /// They send names and leave at once: a player that has gone must never be paired.
    @Test(arguments: ["select", "epoll"])
    func aPlayerThatLeavesBeforeBeingPairedIsNeverPaired(poller: String) throws {
        try withTictactoeServer(["--poller", poller]) { server, port in
            var quitters = 0
            for round in 1...50 {
                // The lower descriptors are free again, so that select sees the others first.
                for way in 0..<3 {
                    let quitter = try RawClient(port: port)
                    quitters += 1
                    try quitter.send("q\(round).\(way)\n")
                    switch way {
                    case 0: quitter.reset()
                    case 1: quitter.shutdownSending()
                    default: quitter.close()
                    }
                }
                let x = try RawClient(playingAt: port, as: "x\(round)")
                let o = try RawClient(playingAt: port, as: "o\(round)")
                try o.expectLine("init@\(round) x\(round) o\(round)")
                try x.expectLines("init@\(round) x\(round) o\(round)", "move .........")
            }
            #expect(quitters == 150)
        }
    }

    @Test func playersMayLeaveAtEveryStage() throws {
        try withTictactoeServer { server, port in
            let cells = "12354687"
            for stage in 0...cells.count {
                for leaver in 0...1 {
                    let players = [
                        try RawClient(playingAt: port, as: "x\(stage)\(leaver)"),
                        try RawClient(playingAt: port, as: "o\(stage)\(leaver)"),
                    ]
                    try players[0].wait(for: "move .........")
                    for (index, cell) in cells.prefix(stage).enumerated() {
                        let mover = index % 2
                        try players[mover].send("\(cell)\n")
                        while try !players[1 - mover].receiveLine().hasPrefix("move ") {}
                    }
                    // One with unread messages, as a rule.
                    if stage.isMultiple(of: 2) { players[leaver].close() }
                    players[leaver].reset()
                    let rest = String(
                        decoding: try players[1 - leaver].receiveToEnd(), as: UTF8.self)
                    #expect(rest.hasSuffix("GameEnd abandoned\n"))
                    #expect(rest.components(separatedBy: "GameEnd").count == 2)
                }
            }
            try server.waitForText(" left\n", times: 36)
            let descriptors = server.openDescriptors
            let peer = try RawClient(port: port)
            try game(at: port)(peer)
            try server.waitForOpenDescriptors(atMost: (descriptors ?? 0) + 1)
        }
    }

    @Test func bothMayLeaveAtOnce() throws {
        try withTictactoeServer { server, port in
            for round in 1...50 {
                let x = try RawClient(playingAt: port, as: "x\(round)")
                let o = try RawClient(playingAt: port, as: "o\(round)")
                if round.isMultiple(of: 2) { x.reset() } else { o.reset() }
                x.close()
                o.close()
            }
            try server.waitForText(" left\n", times: 100)
            try game(at: port)(RawClient(port: port))
        }
    }

    @Test func anOpponentMayThinkForEver() throws {
        // This is longer than the limit for bytes that a program owes.
        try withTictactoeServer(["--timeout", "0.001"]) { server, port in
            let anna = try RawClient(playingAt: port, as: "anna")
            let late = try RawClient(port: port)
            try expectIdle(server)
            try late.say("bob", hearing: "Welcome bob", "init@1 anna bob")
            try anna.expectLines("init@1 anna bob", "move .........")
        }
    }

    @Test func itRestsWhenDescriptorsRunOut() throws {
        try withTictactoeServer(descriptorLimit: 64) { server, _ in
            let cases = try HostileCases(against: server) {
                try $0.say("@", hearing: "error: a name holds no blanks and no @")
            }
            try cases.outOfDescriptors(limit: 64)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheServerInGoodOrder(signal: Int32) throws {
        try withTictactoeServer { server, port in
            let players = try (0..<3).map { try RawClient(playingAt: port, as: "p\($0)") }
            try players[1].expectLine("init@1 p0 p1")
            try players[0].expectLines("init@1 p0 p1", "move .........")
            try players[0].send("half a mess")
            try expectOrderlyEnd(of: server, by: signal, peers: players)
        }
    }

    @Test(.requiresPython) func naiveClientsMeetOurServer() throws {
        try withTictactoeServer(["--pause", "0.25"]) { server, port in
            let address = ["127.0.0.1", "\(port)"]
            try PythonPeer.with("tictactoe_client", address + ["anna", "5287"]) { anna in
                try server.waitForLine(containing: "anna joined")
                let bob = try PythonPeer.run("tictactoe_client", address + ["bob", "519"])
                #expect(
                    bob
                        == ProgramResult(
                            exit: 0,
                            stdout: """
                                Welcome bob
                                init@1 anna bob
                                moved anna 5 ....X....
                                move ....X....
                                invalid cell 5 is taken
                                move ....X....
                                moved bob 1 O...X....
                                moved anna 2 OX..X....
                                move OX..X....
                                moved bob 9 OX..X...O
                                moved anna 8 OX..X..XO
                                GameEnd anna

                                """,
                            stderr: ""))
                #expect(try anna.waitForExit() == 0)
                #expect(anna.standardOutput.hasSuffix("moved anna 8 OX..X..XO\nGameEnd anna\n"))
            }
        }
    }

    @Test(.requiresPython) func ourClientsMeetANaiveServer() throws {
        try PythonPeer.with("tictactoe_server", ["127.0.0.1", "0"]) { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            try withProgram("tictactoe-client", address + ["anna", "--bare"]) { anna in
                try server.waitForLine(containing: "joined: anna")
                try anna.write("5\n5\n2\n8\n")
                let bob = try run("tictactoe-client", address + ["bob"], input: "5\n1\n9\n")
                #expect(bob.exit == 0 && bob.stderr.isEmpty)
                #expect(bob.stdout.contains("invalid choose a free cell\nbob takes 1\n"))
                #expect(bob.stdout.hasSuffix("O | X | 3\n4 | X | 6\n7 | X | O\nanna has won\n"))
                #expect(try anna.waitForExit() == 0)
                #expect(anna.standardOutput.hasSuffix("anna has won\n"))
                try server.waitForLine(containing: "result: anna")
            }
        }
    }

    /// One exchange: the peer wins a whole game against a partner of its own.
    private func game(at port: Int) -> (RawClient) throws -> Void {
        let count = Rounds()
        return { x in
            let round = count.next()
            try x.say("x\(round)", hearing: "Welcome x\(round)")
            let o = try RawClient(playingAt: port, as: "o\(round)")
            try o.wait(for: try x.receiveLine())
            for (turn, cell) in [5, 1, 2, 9, 8].enumerated() {
                let mover = turn.isMultiple(of: 2) ? x : o
                while try !mover.receiveLine().hasPrefix("move ") {}
                try mover.send("\(cell)\n")
            }
            let end = Array("moved x\(round) 8 OX..X..XO\nGameEnd x\(round)\n".utf8)
            #expect(try x.receiveToEnd() == end)
            try o.wait(for: "GameEnd x\(round)")
            try o.expectEnd()
        }
    }
}

/// Counts the exchanges, so that each has names that are free.
private final class Rounds {
    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }
}
