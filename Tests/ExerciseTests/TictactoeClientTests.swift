import Foundation
import Testing

/// Programming 2, Task 5.3: the client's messages, its boards, and its end.
struct TictactoeClientTests {
    @Test func ourClientsMeetOurServer() throws {
        try withTictactoeServer { server, port in
            let address = ["127.0.0.1", "\(port)", "--pause", "0"]
            try withProgram("tictactoe-client", address + ["anna"]) { anna in
                try server.waitForLine(containing: "anna joined")
                // All moves are typed in advance: each `move` takes the next line.
                try anna.write("5\n\n1\n2\n8\n")
                let bob = try run("tictactoe-client", address, input: "bob\n1\n9\n7\n")
                #expect(
                    bob
                        == ProgramResult(
                            exit: 0,
                            stdout: """
                                Welcome bob
                                Game 1: anna (X) against bob (O)
                                anna takes 5
                                1 | 2 | 3
                                4 | X | 6
                                7 | 8 | 9
                                bob takes 1
                                O | 2 | 3
                                4 | X | 6
                                7 | 8 | 9
                                anna takes 2
                                O | X | 3
                                4 | X | 6
                                7 | 8 | 9
                                bob takes 9
                                O | X | 3
                                4 | X | 6
                                7 | 8 | O
                                anna takes 8
                                O | X | 3
                                4 | X | 6
                                7 | X | O
                                anna has won

                                """,
                            stderr: ""))
                #expect(try anna.waitForExit() == 0)
                #expect(
                    anna.standardOutput.hasPrefix(
                        """
                        Welcome anna
                        Game 1: anna (X) against bob (O)
                        1 | 2 | 3
                        4 | 5 | 6
                        7 | 8 | 9
                        anna takes 5

                        """))
                // Drawn once: the board that comes with `move` has been seen.
                #expect(
                    anna.standardOutput.contains(
                        """
                        bob takes 1
                        O | 2 | 3
                        4 | X | 6
                        7 | 8 | 9
                        invalid cell 1 is taken
                        anna takes 2

                        """))
                #expect(anna.standardError.isEmpty)
            }
        }
    }

    @Test func itSendsACellWhenItIsAsked() throws {
        try withGameClient("tictactoe-client", ["anna"]) { client, server in
            try client.write("5\n1\n")
            try server.expectLine("anna")
            try server.send("Welcome anna\ninit@1 anna bob\n")
            try client.waitForLine(containing: "Game 1: anna (X) against bob (O)")
            #expect(!isReady(server.descriptor, for: Int32(POLLIN), by: Date()))
            try server.sendInPieces("move .........\n")
            try server.expectLine("5")
            try server.send("moved anna 5 ....X....\n")
            try client.waitForLine(containing: "anna takes 5")
            #expect(!isReady(server.descriptor, for: Int32(POLLIN), by: Date()))
            try server.send("moved bob 9 ....X...O\nmove ....X...O\n")
            try server.expectLine("1")
            try server.send("moved anna 1 X...X...O\nGameEnd draw\n")
            try server.expectEnd()
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardOutput.hasSuffix("X | 2 | 3\n4 | X | 6\n7 | 8 | O\nNobody has won\n")
            )
        }
    }

    @Test func itHearsOfTheEndWhileThePersonThinks() throws {
        try withGameClient("tictactoe-client", ["anna"]) { client, server in
            try server.expectLine("anna")
            try server.send("Welcome anna\ninit@1 anna bob\nmove .........\n")
            try client.waitForLine(containing: "7 | 8 | 9")
            try client.write("half a li")
            try server.send("GameEnd abandoned\n")
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput.hasSuffix("The game is over: a player has left\n"))
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func aPlayerWithNothingMoreToSayLeavesWhenAsked() throws {
        try withGameClient("tictactoe-client", ["anna"]) { client, server in
            client.closeInput()
            try server.expectLine("anna")
            try server.send("Welcome anna\ninit@1 bob anna\nmoved bob 5 ....X....\n")
            try client.waitForLine(containing: "bob takes 5")
            // It has not left before its turn, for perhaps it will not be asked again.
            #expect(!isReady(server.descriptor, for: Int32(POLLIN), by: Date()))
            try server.send("move ....X....\n")
            try server.expectEnd()
            #expect(try client.waitForExit() == 0)
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func aRefusedNameIsAskedForAgain() throws {
        try withTictactoeServer { server, port in
            let anna = try RawClient(playingAt: port, as: "anna")
            let address = ["127.0.0.1", "\(port)", "--pause", "0"]
            try withProgram("tictactoe-client", address) { bob in
                try bob.write("anna\n\nbob\n")
                try anna.expectLines("init@1 anna bob", "move .........")
                anna.close()
                #expect(try bob.waitForExit() == 0)
                #expect(
                    bob.standardOutput == """
                        error: the name 'anna' is taken; choose another
                        error: the name is empty
                        Welcome bob
                        Game 1: anna (X) against bob (O)
                        The game is over: a player has left

                        """)
                #expect(bob.standardError.isEmpty)
            }
        }
    }

    @Test(arguments: [(["anna"], "5\n"), ([], "anna\n")])
    func aRefusedNameWithoutAnotherIsAnError(name: [String], input: String) throws {
        try withTictactoeServer { _, port in
            let anna = try RawClient(playingAt: port, as: "anna")
            let address = ["127.0.0.1", "\(port)", "--pause", "0"]
            #expect(
                try run("tictactoe-client", address + name, input: input)
                    == ProgramResult(
                        exit: 1, stdout: "error: the name 'anna' is taken; choose another\n",
                        stderr:
                            "tictactoe-client: the server does not take this name; try another\n"))
            try anna.say("5", hearing: "invalid not your turn")
        }
        let result = try run("tictactoe-client", ["127.0.0.1", "1"])
        #expect(result.exit == 64)
        #expect(
            result.stderr.hasPrefix(
                "tictactoe-client: no name was given, and input has ended\n"))
    }

    @Test func whatTheServerSaysIsEscaped() throws {
        try withGameClient("tictactoe-client", ["anna"]) { client, server in
            try server.send("Welcome \u{1B}[2J\ninit@1 a\u{7} b\u{202E}\n")
            try server.send("moved \u{1B} 5 ....X....\ninvalid \u{0}\nGameEnd \u{1B}c\n")
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardOutput == """
                    Welcome \\u{1B}[2J
                    Game 1: a\\u{7} (X) against b\\u{202E} (O)
                    \\u{1B} takes 5
                    1 | 2 | 3
                    4 | X | 6
                    7 | 8 | 9
                    invalid \\u{0}
                    \\u{1B}c has won

                    """)
        }
    }

    @Test func bareMessagesHaveNoLineEndAndAPauseEndsThoseThatCome() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "anna", "--bare", "-v"]
        try withProgram("tictactoe-client", arguments) { client in
            let server = try listener.accept()
            #expect(try server.receiveOnce() == Array("anna".utf8))
            try server.send("Welcome anna")
            try client.waitForLine(containing: "Welcome anna")
            try server.send("move .........")
            try client.write("5\n")
            #expect(try server.receiveOnce() == Array("5".utf8))
            try server.send("GameEnd draw")
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardError.hasSuffix(
                    """
                    tictactoe-client: to 127.0.0.1:\(listener.port): "5" [35]
                    tictactoe-client: from 127.0.0.1:\(listener.port): "GameEnd draw" \
                    [47 61 6d 65 45 6e 64 20 64 72 61 77]

                    """))
        }
    }

    @Test func aLineThatIsTooLongIsNotSent() throws {
        try withGameClient("tictactoe-client", ["anna"]) { client, server in
            try server.expectLine("anna")
            try server.send("Welcome anna\nmove .........\n")
            try client.write(String(repeating: "x", count: 4_097) + "\n")
            try server.expectEnd()
            #expect(try client.waitForExit() == 1)
            #expect(
                client.standardError
                    == "tictactoe-client: a message of 4097 bytes; the most is 4096\n")
        }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        try withGameClient("tictactoe-client", ["anna"]) { client, server in
            try server.expectLine("anna")
            try server.send("Welcome anna\n")
            try client.waitForLine(containing: "Welcome anna")
            client.signal(signal)
            #expect(try client.waitForExit() == code)
            try server.expectEnd()
            #expect(client.standardError.isEmpty)
        }
    }

    @Test(arguments: [
        (["127.0.0.1"], "missing <port> after '127.0.0.1'"),
        (["127.0.0.1", "1", "a", "b"], "unexpected argument 'b'"),
        (["127.0.0.1", "1", "a", "--seed", "1"], "unknown option '--seed'"),
    ])
    func itRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError(
            "tictactoe-client", arguments, reason, usage: "[options] <address> <port> [<name>]")
    }
}
