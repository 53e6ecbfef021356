import Foundation
import Testing

/// Programming 2, Task 5.1: the client's messages, its output, and its end.
struct QuizClientTests {
    private static let question = "question 1/2 Q1?\na) A\nb) B\nc) C\nd) D\n"
    private static let next = "wrong: a\nquestion 2/2 Q2?\na) A\nb) B\nc) C\nd) D\n"
    private static let end = "correct\nscore 1/2\nrank 3 of 4\n"

    @Test func itPlaysAGameAndPrintsWhatItHears() throws {
        try withQuizClient(["anna", "2"]) { client, server in
            #expect(try server.receiveOnce() == Array("play anna 2\n".utf8))
            try server.send(Self.question)
            try client.waitForLine(containing: "d) D")
            // Empty lines are no answers; the client waits for each reply.
            try client.write("\n\r\nb\nx\nc\n")
            #expect(try server.receiveOnce() == Array("b\n".utf8))
            try server.send(Self.next)
            #expect(try server.receiveOnce() == Array("x\n".utf8))
            try server.send("error: answer with a, \u{1B} or d\n")
            #expect(try server.receiveOnce() == Array("c\n".utf8))
            try server.sendInPieces(Self.end)
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(
                try client.runToEnd()
                    == ProgramResult(
                        exit: 0,
                        stdout: Self.question + Self.next
                            + "error: answer with a, \\u{1B} or d\n" + Self.end,
                        stderr: ""))
        }
    }

    @Test func nameAndNumberMayBeLinesOfInput() throws {
        for (operands, input, request) in [
            ([], "anna\n2\n", "play anna 2\n"), (["anna"], "2\n", "play anna 2\n"),
        ] {
            try withQuizClient(operands, input: input) { client, server in
                #expect(try server.receiveOnce() == Array(request.utf8))
                try server.send(Self.question)
                client.closeInput()
                #expect(try server.receiveToEnd() == [])
                server.close()
                #expect(
                    try client.runToEnd()
                        == ProgramResult(
                            exit: 0, stdout: Self.question,
                            stderr: "quiz-client: input has ended; play again under the same name "
                                + "to go on with this game\n"))
            }
        }
    }

    @Test(arguments: [
        (["--login"], ["login anna geheim\n"], ["welcome anna\n"]),
        (
            ["--register"], ["register anna geheim\n", "login anna geheim\n"],
            ["registered anna\n", "welcome anna\n"]
        ),
        (
            ["--register", "--login"], ["register anna geheim\n", "login anna geheim\n"],
            ["registered anna\n", "welcome anna\n"]
        ),
    ])
    func aPasswordIsALineOfInput(
        options: [String], requests: [String], replies: [String]
    ) throws {
        try withQuizClient(["anna", "2"] + options, input: "geheim\nb\n") { client, server in
            for (request, reply) in zip(requests, replies) {
                #expect(try server.receiveOnce() == Array(request.utf8))
                try server.send(reply)
            }
            #expect(try server.receiveOnce() == Array("play 2\n".utf8))
            try server.send(Self.question)
            #expect(try server.receiveOnce() == Array("b\n".utf8))
            try server.send(Self.end)
            #expect(try server.receiveToEnd() == [])
            server.close()
            let expected = replies.joined() + Self.question + Self.end
            #expect(
                try client.runToEnd() == ProgramResult(exit: 0, stdout: expected, stderr: ""))
        }
    }

    @Test func aPasswordIsNotTraced() throws {
        try withQuizClient(["anna", "2", "--register", "-v"], input: "geheim\n") {
            client, server in
            let address = "127.0.0.1:\(try server.localPort)"
            _ = try server.receiveOnce()
            try server.send("registered anna\n")
            _ = try server.receiveOnce()
            try server.send("error: wrong password\n")
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(
                try client.runToEnd()
                    == ProgramResult(
                        exit: 1, stdout: "registered anna\n",
                        stderr: """
                            quiz-client: to \(address): "register ***" [***]
                            quiz-client: from \(address): "registered anna" [72 65 67 69 73 74 65 72 65 64 20 61 6e 6e 61 0a]
                            quiz-client: to \(address): "login ***" [***]
                            quiz-client: from \(address): "error: wrong password" [65 72 72 6f 72 3a 20 77 72 6f 6e 67 20 70 61 73 73 77 6f 72 64 0a]
                            quiz-client: error: wrong password

                            """))
        }
    }

    @Test func aPasswordThatAnEchoServerSendsBackIsNotShown() throws {
        try withQuizClient(["anna", "2", "--login", "-v"], input: "geheim\n") { client, server in
            #expect(try server.receiveOnce() == Array("login anna geheim\n".utf8))
            try server.send("LOGIN ANNA GEHEIM\n")
            #expect(try server.receiveToEnd() == [])
            let address = "127.0.0.1:\(try server.localPort)"
            server.close()
            #expect(
                try client.runToEnd()
                    == ProgramResult(
                        exit: 1, stdout: "",
                        stderr: """
                            quiz-client: to \(address): "login ***" [***]
                            quiz-client: from \(address): "***" [***]
                            quiz-client: the server replied '***' instead of 'welcome ...'

                            """))
        }
    }

    @Test(arguments: [
        ([], "", "no name was given, and input has ended"),
        ([], "anna\n", "no number of questions was given, and input has ended"),
        (["anna", "--login"], "", "no password was given, and input has ended"),
        (["anna", "5", "--login"], "a b\n", "a password is 1 to 128 characters without blanks"),
        (["anna smith", "5"], "", "a name is 1 to 32 letters, digits, - or _"),
        (["anna", "0"], "", "<n>: '0' is not a number of questions"),
        (["anna", "x"], "", "<n>: 'x' is not a number of questions"),
        (["anna", "1", "2"], "", "unexpected argument '2'"),
        (["anna", "1", "--login=x"], "", "--login takes no value"),
    ])
    func whatNoServerWouldAcceptIsWrongUsage(
        operands: [String], input: String, reason: String
    ) throws {
        let result = try run("quiz-client", ["127.0.0.1", "1"] + operands, input: input)
        #expect(
            result
                == ProgramResult(
                    exit: 64, stdout: "",
                    stderr: """
                        quiz-client: \(reason)
                        usage: quiz-client [options] <address> <port> [<name> [<n>]]
                        try 'quiz-client --help'

                        """))
    }

    @Test func aNameMayBeginWithALetterThatJoinsTheBlankBeforeIt() throws {
        try withQuizClient(["\u{E33}", "1", "--login"], input: "geheim\n") { client, server in
            #expect(try server.receiveOnce() == Array("login \u{E33} geheim\n".utf8))
            try server.send("welcome \u{E33}\n")
            #expect(try server.receiveOnce() == Array("play 1\n".utf8))
        }
    }

    @Test func aServerWithoutTheBonusTasksMayEndAfterTheScore() throws {
        try withQuizClient(["anna", "1"], input: "a\n") { client, server in
            _ = try server.receiveOnce()
            try server.send(Self.question)
            _ = try server.receiveOnce()
            try server.send("correct\nscore 1/1\n")
            server.shutdownSending()
            #expect(try server.receiveToEnd() == [])
            server.close()
            let result = try client.runToEnd()
            #expect(result.exit == 0 && result.stderr.isEmpty)
        }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        try withQuizClient(["anna", "2"]) { client, server in
            _ = try server.receiveOnce()
            try server.send(Self.question)
            try client.waitForLine(containing: "d) D")
            client.signal(signal)
            #expect(try client.waitForExit() == code)
            #expect(try server.receiveToEnd() == [])
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func ourClientsMeetOurServer() throws {
        try withQuizServer { server, port in
            let arguments = ["127.0.0.1", "\(port)", "anna", "1", "--pause", "0"]
            let first = try run("quiz-client", arguments + ["--register"], input: "geheim\nD\n")
            #expect(first.exit == 0 && first.stderr.isEmpty)
            #expect(first.stdout.hasPrefix("registered anna\nwelcome anna\nquestion 1/1 Q"))
            #expect(first.stdout.hasSuffix("\nscore 0/1\nrank 1 of 1\n"))
            try server.waitForLine(containing: "anna left")
            for more in [[], ["--register"]] {
                #expect(
                    try run("quiz-client", arguments + more, input: "geheim\n")
                        == ProgramResult(
                            exit: 1, stdout: "",
                            stderr: "quiz-client: anna is registered; if the name is yours, "
                                + "start again with --login\n"))
            }
            let third = try run("quiz-client", arguments + ["--login"], input: "geheim\nd\n")
            #expect(third.exit == 0 && third.stdout.hasPrefix("welcome anna\nquestion 1/1 Q"))
        }
    }

    @Test(.requiresPython) func ourClientMeetsANaiveServer() throws {
        try PythonPeer.with("quiz_server", ["127.0.0.1", "0"]) { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())", "--bare"]
            for name in ["anna", "ben"] {
                let result = try run("quiz-client", address + [name, "2"], input: "a\nb\n")
                #expect(
                    result
                        == ProgramResult(
                            exit: 0,
                            stdout: """
                                question 1/2 Which of these is a protocol?
                                a) TCP
                                b) cat
                                c) ls
                                d) vi
                                correct
                                question 2/2 Which port does HTTP use?
                                a) 80
                                b) 81
                                c) 82
                                d) 83
                                wrong: a
                                score 1/2

                                """, stderr: ""))
            }
        }
    }
}
