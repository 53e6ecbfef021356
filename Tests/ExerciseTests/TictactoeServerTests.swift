import Foundation
import Testing

/// Programming 2, Task 5.3: names, pairs and games, byte for byte.
struct TictactoeServerTests {
    @Test(arguments: ["select", "poll", "epoll"])
    func aGameIsWon(poller: String) throws {
        try withTictactoeServer(["--poller", poller]) { server, port in
            let anna = try RawClient(playingAt: port, as: "anna")
            let bob = try RawClient(port: port)
            // Lines for one player leave in one send.
            try bob.send("bob\r\n")
            #expect(try bob.receiveOnce() == Array("Welcome bob\ninit@1 anna bob\n".utf8))
            #expect(try anna.receiveOnce() == Array("init@1 anna bob\nmove .........\n".utf8))
            try anna.send("5\n")
            #expect(
                try bob.receiveOnce() == Array("moved anna 5 ....X....\nmove ....X....\n".utf8))
            #expect(try anna.receiveOnce() == Array("moved anna 5 ....X....\n".utf8))
            try bob.say("1", hearing: "moved bob 1 O...X....")
            try anna.expectLines("moved bob 1 O...X....", "move O...X....")
            try anna.say("2", hearing: "moved anna 2 OX..X....")
            try bob.expectLines("moved anna 2 OX..X....", "move OX..X....")
            try bob.say("9", hearing: "moved bob 9 OX..X...O")
            try anna.expectLines("moved bob 9 OX..X...O", "move OX..X...O")
            try anna.send("8\n")
            let last = Array("moved anna 8 OX..X..XO\nGameEnd anna\n".utf8)
            // The server closes both.
            #expect(try anna.receiveToEnd() == last)
            #expect(try bob.receiveToEnd() == last)
            try expectWritten(by: server, "anna joined\nbob joined\nanna left\nbob left\n")
            #expect(
                server.standardError == "tictactoe-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test func theSecondPlayerMayWinToo() throws {
        try withTictactoeServer { _, port in
            let (anna, bob) = try pair(at: port)
            try play("142596", between: anna, and: bob)
            let last = Array("moved bob 6 XX.OOO..X\nGameEnd bob\n".utf8)
            #expect(try anna.receiveToEnd() == last && bob.receiveToEnd() == last)
        }
    }

    @Test func aFullBoardIsADraw() throws {
        try withTictactoeServer { _, port in
            let (anna, bob) = try pair(at: port)
            try play("123546879", between: anna, and: bob)
            let last = Array("moved anna 9 XOXXOOOXX\nGameEnd draw\n".utf8)
            #expect(try anna.receiveToEnd() == last && bob.receiveToEnd() == last)
        }
    }

    @Test func aWrongMoveIsAskedForAgain() throws {
        try withTictactoeServer { _, port in
            let (anna, bob) = try pair(at: port)
            try anna.send("hello\n")
            #expect(
                try anna.receiveOnce()
                    == Array("invalid a move is a cell from 1 to 9\nmove .........\n".utf8))
            for text in ["0", "10", "", "5 ", "1,2"] {
                try anna.say(
                    text, hearing: "invalid a move is a cell from 1 to 9", "move .........")
            }
            try anna.say("5", hearing: "moved anna 5 ....X....")
            try bob.expectLines("moved anna 5 ....X....", "move ....X....")
            try bob.say("5", hearing: "invalid cell 5 is taken", "move ....X....")
            try bob.say("6", hearing: "moved bob 6 ....XO...")
        }
    }

    @Test func outOfTurnThereIsNoMove() throws {
        try withTictactoeServer { _, port in
            let waiting = try RawClient(playingAt: port, as: "anna")
            try waiting.say("5", hearing: "invalid not your turn")
            let bob = try RawClient(playingAt: port, as: "bob")
            try bob.expectLine("init@1 anna bob")
            try waiting.expectLines("init@1 anna bob", "move .........")
            try bob.say("5", hearing: "invalid not your turn")
            // X's second move comes before O has moved.
            try waiting.send("5\n1\n")
            try waiting.expectLines("moved anna 5 ....X....", "invalid not your turn")
            try bob.expectLines("moved anna 5 ....X....", "move ....X....")
            try bob.say("1", hearing: "moved bob 1 O...X....")
            try bob.say("2", hearing: "invalid not your turn")
            try waiting.expectLines("moved bob 1 O...X....", "move O...X....")
        }
    }

    @Test(arguments: [
        ("", "the name is empty"), ("anna karenina", "a name holds no blanks and no @"),
        ("anna@home", "a name holds no blanks and no @"),
        ("draw", "'draw' is not free to be a name; choose another"),
        ("abandoned", "'abandoned' is not free to be a name; choose another"),
        (String(repeating: "é", count: 33), "a name has at most 32 characters"),
        ("a\u{1B}[2J", "a name holds only printable characters"),
        ("a\tb", "a name holds only printable characters"),
        ("anna", "the name 'anna' is taken; choose another"),
    ])
    func aBadNameIsRefusedAndAnotherMayBeTried(name: String, reason: String) throws {
        try withTictactoeServer { server, port in
            let anna = try RawClient(playingAt: port, as: "anna")
            let stranger = try RawClient(port: port)
            for _ in 0..<2 { try stranger.say(name, hearing: "error: \(reason)") }
            try stranger.send([0x61, 0xFF, 0x0A])
            try stranger.expectLine("error: the name is not UTF-8")
            try stranger.say("bob", hearing: "Welcome bob", "init@1 anna bob")
            try anna.expectLines("init@1 anna bob", "move .........")
            try expectWritten(by: server, "anna joined\nbob joined\n")
        }
    }

    @Test func aNameIsFreeAgainWhenItsOwnerHasLeft() throws {
        try withTictactoeServer { server, port in
            let long = String(repeating: "é", count: 32)
            for _ in 0..<3 {
                let player = try RawClient(playingAt: port, as: long)
                player.shutdownSending()
                try player.expectEnd()
                try server.waitForLine(containing: "\(long) left")
            }
            // After a game, too.
            for game in 1...3 {
                let (anna, bob) = try pair(at: port, game: game)
                try play("14253", between: anna, and: bob)
                for player in [anna, bob] { _ = try player.receiveToEnd() }
                for name in ["anna", "bob"] { try server.waitForLine(containing: "\(name) left") }
            }
        }
    }

    @Test func pairsAreMadeInTheOrderOfArrival() throws {
        try withTictactoeServer { _, port in
            let silent = try RawClient(port: port)
            let names = (1...7).map { "p\($0)" }
            let players = try names.map { try RawClient(playingAt: port, as: $0) }
            for game in 1...3 {
                let x = 2 * game - 2
                let start = "init@\(game) \(names[x]) \(names[x + 1])"
                try players[x].expectLines(start, "move .........")
                try players[x + 1].expectLine(start)
            }
            // The seventh player waits, even while other games end.
            try play("14253", between: players[0], and: players[1])
            players[2].close()
            try players[3].expectLine("GameEnd abandoned")
            try players[6].say("5", hearing: "invalid not your turn")
            try silent.say("p8", hearing: "Welcome p8", "init@4 p7 p8")
            try players[6].expectLines("init@4 p7 p8", "move .........")
        }
    }

    @Test func aPlayerWhoLeavesEndsTheGame() throws {
        try withTictactoeServer { server, port in
            for (game, leaving) in ["closes", "resets", "ends its stream", "talks too much"]
                .enumerated()
            {
                let (anna, bob) = try pair(at: port, game: game + 1)
                try anna.say("5", hearing: "moved anna 5 ....X....")
                try bob.expectLines("moved anna 5 ....X....", "move ....X....")
                switch leaving {
                case "closes": anna.close()
                case "resets": anna.reset()
                case "ends its stream":
                    anna.shutdownSending()
                    try anna.expectLine("GameEnd abandoned")
                    try anna.expectEnd()
                default:
                    try anna.send(String(repeating: "x", count: 4_097) + "\n")
                    try anna.expectEnd()
                }
                try bob.expectLine("GameEnd abandoned")
                try bob.expectEnd()
                for name in ["anna", "bob"] { try server.waitForLine(containing: "\(name) left") }
            }
        }
    }

    @Test func aPauseEndsAMessageOfWhoSendsNoNewline() throws {
        try withTictactoeServer(["--pause", "0.25"]) { _, port in
            let student = try RawClient(port: port)
            try student.send("student")
            try student.expectLine("Welcome student")
            let bob = try RawClient(playingAt: port, as: "bob")
            try bob.expectLine("init@1 student bob")
            try student.expectLines("init@1 student bob", "move .........")
            try student.send("5")
            try student.expectLine("moved student 5 ....X....")
        }
    }

    @Test func everyMessageIsTraced() throws {
        try withTictactoeServer(["-v"]) { server, port in
            let anna = try RawClient(playingAt: port, as: "anna")
            try anna.say("5", hearing: "invalid not your turn")
            try expectWritten(
                by: server, on: .standardError,
                """
                tictactoe-server: listening on 127.0.0.1:\(port)
                tictactoe-server: from client 1: "anna" [61 6e 6e 61 0a]
                tictactoe-server: to anna: "Welcome anna" [57 65 6c 63 6f 6d 65 20 61 6e 6e 61 0a]
                tictactoe-server: from anna: "5" [35 0a]
                tictactoe-server: to anna: "invalid not your turn" [69 6e 76 61 6c 69 64 20 6e \
                6f 74 20 79 6f 75 72 20 74 75 72 6e 0a]

                """)
        }
    }

    @Test(.enabled(if: RawServer.supportsIPv6)) func itListensOnIPv6() throws {
        try withProgram("tictactoe-server", ["::1", "0", "--pause", "0"]) {
            let player = try RawClient(port: try $0.listeningPort(), address: "::1")
            try player.say("anna", hearing: "Welcome anna")
        }
    }

    @Test(arguments: [
        (["1", "2", "3"], "unexpected argument '3'"), ([], "missing <port>"),
        (["0", "--seed", "1"], "unknown option '--seed'"),
    ])
    func itRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError(
            "tictactoe-server", arguments, reason, usage: "[options] [<address>] <port>")
    }
}

/// Joins anna and bob, and reads up to the first request for a move.
private func pair(at port: Int, game: Int = 1) throws -> (RawClient, RawClient) {
    let anna = try RawClient(playingAt: port, as: "anna")
    let bob = try RawClient(playingAt: port, as: "bob")
    try bob.expectLine("init@\(game) anna bob")
    try anna.expectLines("init@\(game) anna bob", "move .........")
    return (anna, bob)
}

/// Plays `cells` in turn, and reads all replies but those to the last move.
private func play(_ cells: String, between x: RawClient, and o: RawClient) throws {
    for (index, cell) in cells.enumerated() {
        let (mover, other) = index.isMultiple(of: 2) ? (x, o) : (o, x)
        try mover.send("\(cell)\n")
        guard index < cells.count - 1 else { return }
        #expect(try mover.receiveLine().hasPrefix("moved "))
        #expect(try other.receiveLine().hasPrefix("moved "))
        #expect(try other.receiveLine().hasPrefix("move "))
    }
}
