import Foundation
import Testing

/// Programming 2, Task 5.2: the client's messages, its output, and its end.
struct HangmanClientTests {
    @Test func ourClientMeetsOurServer() throws {
        try withHangmanServer(["--word", "server", "--misses", "2"]) { server, port in
            let address = ["127.0.0.1", "\(port)", "--pause", "0"]
            #expect(
                try run("hangman-client", address, input: "E\n\nx\ne\nhello\ns\nr\r\nv")
                    == ProgramResult(
                        exit: 0,
                        stdout: """
                            _ _ _ _ _ _
                            _ e _ _ e _
                            no x, 1 miss left
                            e was tried before
                            error: send one letter from a to z, or start
                            s e _ _ e _
                            s e r _ e r
                            s e r v e r
                            You won: server

                            """,
                        stderr: ""))
            // A lost game is a game, too.
            #expect(
                try run("hangman-client", address, input: "x\nY\nz\n")
                    == ProgramResult(
                        exit: 0,
                        stdout: """
                            _ _ _ _ _ _
                            no x, 1 miss left
                            no y, 0 misses left
                            You lost: server

                            """,
                        stderr: ""))
            // The end of input in mid-game: it leaves.
            #expect(
                try run("hangman-client", address, input: "e\n")
                    == ProgramResult(exit: 0, stdout: "_ _ _ _ _ _\n_ e _ _ e _\n", stderr: ""))
            try server.waitForLine(containing: "client 3 left")
        }
    }

    @Test func itSendsALineForEachLetterAndHasOneQuestionUnderWay() throws {
        try withGameClient("hangman-client") { client, server in
            try server.expectLine("start")
            try client.write("a\nb\n")
            #expect(!isReady(server.descriptor, for: Int32(POLLIN), by: Date()))
            try server.send("length 2\n")
            try server.expectLine("a")
            #expect(!isReady(server.descriptor, for: Int32(POLLIN), by: Date()))
            try server.sendInPieces("at 1\n")
            try server.expectLine("b")
            try server.send("at 2\nend won ab\n")
            try server.expectEnd()
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "_ _\na _\na b\nYou won: ab\n")
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func whatTheServerSaysIsEscaped() throws {
        try withGameClient("hangman-client") { client, server in
            try server.send("length 2\n")
            try client.write("a\nb\nc\n")
            try server.send("error: \u{1B}[2J\nagain \u{7}\nend lost \u{202E}x\n")
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardOutput == """
                    _ _
                    error: \\u{1B}[2J
                    \\u{7} was tried before
                    You lost: \\u{202E}x

                    """)
        }
    }

    @Test func bareMessagesHaveNoLineEndAndAPauseEndsThoseThatCome() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "--bare", "-v"]
        try withProgram("hangman-client", arguments) { client in
            let server = try listener.accept()
            #expect(try server.receiveOnce() == Array("start".utf8))
            try server.send("length 1")
            try client.write("a\n")
            #expect(try server.receiveOnce() == Array("a".utf8))
            try server.send("end won a")
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "_\nYou won: a\n")
            let address = "127.0.0.1:\(listener.port)"
            #expect(
                client.standardError == """
                    hangman-client: to \(address): "start" [73 74 61 72 74]
                    hangman-client: from \(address): "length 1" [6c 65 6e 67 74 68 20 31]
                    hangman-client: to \(address): "a" [61]
                    hangman-client: from \(address): "end won a" [65 6e 64 20 77 6f 6e 20 61]

                    """)
        }
    }

    @Test(arguments: [
        (
            HostileServer.closesAtOnce,
            "the server closed the connection and began no game\(advice)"
        ),
        (
            .closesInMidMessage(Array("lengt".utf8), after: 6),
            "the server began no game, but said 'lengt'\(advice)"
        ),
        (
            .silent,
            "no reply within 0.2 s; a server written without line ends may need --bare"
        ),
        (
            .stallsInMidMessage(Array("length".utf8), after: 6),
            "only 6 bytes of a message came, and nothing more for 0.2 s"
                + "; with a --pause above 0 that is a message"
        ),
        (
            .wrongProtocol,
            "the server began no game, but said 'HTTP/1.1 400 Bad Request'\(advice)"
        ),
        (says("end won x\n"), "the server began no game, but said 'end won x'\(advice)"),
        (says("error: full\n"), "the server began no game, but said 'error: full'\(advice)"),
        (says("length 3\nhello\n"), "'hello' is no message of a hangman server"),
        (says("length 3\nat 4\n"), "the server says place 4 of 3 letters"),
        (says("length 3\nlength 3\n"), "the server began a game in the middle of another"),
    ])
    func theClientTellsWhatTheServerDidWrong(server: HostileServer, problem: String) throws {
        let limit = ["no reply", "only "].contains(where: problem.hasPrefix) ? "0.2" : "30"
        let result = try server.result(of: "hangman-client", input: "a\n") {
            ["127.0.0.1", "\($0)", "--pause", "0", "--timeout", limit]
        }
        #expect(result.exit == 1)
        #expect(result.stdout.isEmpty || result.stdout == "_ _ _\n")
        #expect(result.stderr == "hangman-client: \(problem)\n")
    }

    @Test(arguments: [HostileServer.resetsAtOnce, .resetsInMidMessage([0x6C], after: 6)])
    func theClientTellsOfAReset(server: HostileServer) throws {
        let result = try server.result(of: "hangman-client", input: "a\n") {
            ["127.0.0.1", "\($0)", "--pause", "0"]
        }
        #expect(result.exit == 1 && result.stdout.isEmpty)
        expectResetReported(result.stderr, by: "hangman-client")
    }

    @Test func theClientTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "hangman-client") {
            port = $0
            return ["127.0.0.1", "\($0)"]
        }
        #expect(result == ProgramResult.refused("hangman-client", port: port))
    }

    @Test(arguments: [false, true])
    func itNoticesThatTheServerLeavesWhileThePlayerThinks(resets: Bool) throws {
        try withGameClient("hangman-client") { client, server in
            try server.expectLine("start")
            try server.send("length 3\n")
            try client.waitForLine(containing: "_ _ _")
            if resets { server.reset() } else { server.shutdownSending() }
            #expect(try client.waitForExit() == 1)
            guard !resets else {
                return expectResetReported(client.standardError, by: "hangman-client")
            }
            #expect(
                client.standardError
                    == "hangman-client: the server closed the connection before the game ended\n")
        }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        try withGameClient("hangman-client") { client, server in
            try server.expectLine("start")
            try server.send("length 3\n")
            try client.waitForLine(containing: "_ _ _")
            client.signal(signal)
            #expect(try client.waitForExit() == code)
            try server.expectEnd()
            #expect(client.standardError.isEmpty)
        }
    }

    @Test(arguments: [
        (["127.0.0.1"], "missing <port> after '127.0.0.1'"),
        (["127.0.0.1", "1", "a"], "unexpected argument 'a'"),
        (["127.0.0.1", "1", "--word", "a"], "unknown option '--word'"),
    ])
    func itRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError(
            "hangman-client", arguments, reason, usage: "[options] <address> <port>")
    }
}

/// A server that sends `text` after any request. The hint for a server that does not understand the
/// client.
private let advice = "; a server written without line ends may need --bare"

private func says(_ text: String) -> HostileServer {
    HostileServer("says '\(text)'") { connection in
        try connection.send(text)
        _ = try? connection.receiveToEnd()
    }
}
