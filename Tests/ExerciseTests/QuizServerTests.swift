import Foundation
import Testing

/// Programming 2, Task 5.1: the quiz over the wire.
struct QuizServerTests {
    @Test(arguments: ["select", "poll", "epoll"])
    func aGameIsAskedCountedAndRanked(poller: String) throws {
        try withQuizServer(["--poller", poller]) { server, port in
            let anna = try RawClient(port: port)
            try anna.send("play anna 1\n")
            // A question leaves in one piece.
            let question = String(decoding: try anna.receiveOnce(), as: UTF8.self)
            let number = question.dropFirst("question 1/1 Q".count).prefix { $0.isNumber }
            let right = ["a", "b", "c"][try #require(Int(number)) % 3]
            #expect(
                question == """
                    question 1/1 Q\(number) (\(right))?
                    a) A\(number)
                    b) B\(number)
                    c) C\(number)
                    d) D\(number)

                    """)
            try anna.send("\(right.uppercased())\r\n")
            #expect(
                try anna.receiveOnce() == Array("correct\nscore 1/1\nrank 1 of 1\n".utf8))
            // The verdict and the next question leave in one piece, too.
            let first = try anna.play("2")
            try anna.send("d\n")
            let next = String(decoding: try anna.receiveOnce(), as: UTF8.self)
            #expect(next.hasPrefix("wrong: \(first.right)\nquestion 2/2 Q"))
            #expect(next.filter { $0 == "\n" }.count == 6)
            #expect(try anna.ask("d").suffix(2) == ["score 0/2", "rank 1 of 1"])

            let ben = try RawClient(port: port)
            #expect(try ben.finish(ben.play("ben 6"), points: 5) == ["score 5/6", "rank 2 of 2"])
            ben.shutdownSending()
            #expect(try ben.receiveToEnd() == [])
            try server.waitForLine(containing: "ben left")
            anna.reset()
            try server.waitForLine(containing: "anna left")
            server.signal(SIGTERM)
            let result = try server.runToEnd()
            #expect(result.exit == 0)
            #expect(result.stdout == "anna joined\nben joined\nben left\nanna left\n")
            let lines = result.stderr.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(
                lines.last?.hasSuffix(
                    "connection reset by peer; the other program ended, or closed before it had read everything"
                ) == true)
        }
    }

    @Test func aNameIsFreeAgainOnceItsConnectionHasGone() throws {
        try withQuizServer { server, port in
            for number in 0..<5 {
                let anna = try RawClient(port: port)
                let question = try anna.play("anna 3")
                #expect(question.number == 1)
                if number.isMultiple(of: 2) { anna.reset() } else { anna.close() }
                try server.waitForLine(containing: "anna left")
            }
        }
    }

    @Test func aHalfClosedClientStillGetsItsReplies() throws {
        try withQuizServer { _, port in
            let anna = try RawClient(port: port)
            try anna.send("play anna 1\nd")
            anna.shutdownSending()
            let text = String(decoding: try anna.receiveToEnd(), as: UTF8.self)
            #expect(text.hasSuffix("\nscore 0/1\nrank 1 of 1\n"))
        }
    }

    @Test func theShippedQuestionsAreThirtyAndTheirOrderIsTheSeeds() throws {
        var games: [[String]] = []
        for seed in ["5", "5", "6"] {
            let folder = try ScratchFolder()
            let options = ["127.0.0.1", "0", "--seed", seed, "--pause", "0"]
            try withProgram("quiz-server", options, folder: folder.path) { server in
                let anna = try RawClient(port: try server.listeningPort())
                #expect(
                    try anna.ask("play anna 31") == ["error: the number of questions is 1 to 30"])
                #expect(
                    try anna.ask("play anna 0") == ["error: the number of questions is 1 to 30"])
                var reply = try anna.ask("play anna 30")
                var asked: [String] = []
                while let line = reply.first(where: { $0.hasPrefix("question ") }) {
                    asked.append(line)
                    reply = try anna.ask("a")
                }
                #expect(reply.suffix(2) == ["score 7/30", "rank 1 of 1"])
                #expect(asked.count == 30)
                #expect(
                    Set(asked.map { $0.drop { $0 != " " }.dropFirst().drop { $0 != " " } }).count
                        == 30)
                games.append(asked)
            }
        }
        #expect(games[0] == games[1])
        #expect(games[0] != games[2])
    }

    @Test func aPauseEndsAMessageOfWhoSendsNoNewline() throws {
        try withQuizServer(["--pause", "0.25"]) { _, port in
            let anna = try RawClient(port: port)
            try anna.send("play anna 1")
            let question = try #require(try anna.question(in: anna.quizReply()))
            try anna.send("d")
            // Every message of the server still ends in a newline.
            #expect(
                try anna.quizReply() == ["wrong: \(question.right)", "score 0/1", "rank 1 of 1"])
        }
    }

    @Test func wrongUTF8IsAnErrorAndALongMessageTheEnd() throws {
        try withQuizServer { server, port in
            let anna = try RawClient(port: port)
            try anna.send(Array("play ann".utf8) + [0xFF] + Array(" 1\n".utf8))
            #expect(try anna.receiveLine() == "error: the message is not UTF-8")
            #expect(
                try anna.ask("play a\u{1B} 1") == [
                    "error: a name is 1 to 32 letters, digits, - or _"
                ])
            _ = try anna.play("anna 1")
            try anna.send(String(repeating: "x", count: 4_097) + "\n")
            #expect(try anna.receiveToEnd() == [])
            try server.waitForLine(containing: "anna left")
            #expect(
                try server.nextLine(on: .standardError)
                    == "quiz-server: anna: message longer than 4096 bytes; send shorter ones, "
                    + "each with a newline at its end")
        }
    }

    @Test(.requiresIPv6) func itServesIPv6() throws {
        let folder = try makeQuizFolder()
        try withProgram("quiz-server", ["::1", "0", "--pause", "0"], folder: folder.path) {
            let anna = try RawClient(port: try $0.listeningPort(), address: "::1")
            #expect(try anna.ask("play anna 1").count == 5)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheServerInGoodOrder(signal: Int32) throws {
        try withQuizServer { server, port in
            let players = try (0..<3).map { number in
                let player = try RawClient(port: port)
                _ = try player.play("p\(number) 3")
                return player
            }
            try players[0].send("half a mess")
            try expectOrderlyEnd(of: server, by: signal, peers: players)
        }
    }

    @Test func aFileOfQuestionsThatCannotBeUsedIsToldWithItsLine() throws {
        let folder = try makeQuizFolder()
        try folder.write("bad.txt", "Q?\na) 1\n*b) 2\n\n")
        try folder.write("empty.txt", "# none\n")
        try folder.write("bytes.txt", [0x51, 0x0A, 0xFF, 0x0A])
        for (name, problem) in [
            (
                "bad.txt",
                "cannot read 'bad.txt': line 3: answer c) is missing after this line"
            ),
            ("empty.txt", "cannot read 'empty.txt': no questions in it"),
            ("bytes.txt", "cannot read 'bytes.txt': line 2: not UTF-8"),
            ("none.txt", "cannot read 'none.txt': no such file"),
            (".", "cannot read '.': is a folder"),
        ] {
            let result = try run(
                "quiz-server", ["127.0.0.1", "0", "--questions", name], folder: folder.path)
            #expect(
                result == ProgramResult(exit: 1, stdout: "", stderr: "quiz-server: \(problem)\n"))
        }
        #expect(!folder.names.contains("quiz-data"))
    }

    @Test(arguments: [
        (["1", "2", "3"], "unexpected argument '3'"),
        ([], "missing <port>"),
        (["0", "--seed", "x"], "--seed: 'x' is not a whole number from 0 to 18446744073709551615"),
        (["0", "--delay", "1"], "unknown option '--delay'"),
    ])
    func itRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError(
            "quiz-server", arguments, reason, usage: "[options] [<address>] <port>")
    }
}
