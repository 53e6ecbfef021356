import Foundation
import Testing

/// Programming 2, Task 5.1, the second bonus task: every told result survives a kill.
struct QuizMemoryTests {
    @Test func aServerThatIsKilledGoesOnWithNameQuestionAndPoints() throws {
        let folder = try makeQuizFolder()
        var standing: QuizQuestion?
        try withQuizServer(in: folder, ["--data", "points", "--seed", "1"]) { server, port in
            let anna = try RawClient(port: port)
            let reply = try anna.answer(anna.play("anna 3"), rightly: true)
            standing = anna.question(in: reply)
            let ben = try RawClient(port: port)
            #expect(try ben.ask("register ben geheim") == ["registered ben"])
            #expect(try ben.ask("login ben geheim") == ["welcome ben"])
            #expect(try ben.finish(ben.play("2"), points: 1) == ["score 1/2", "rank 1 of 1"])
            server.signal(SIGKILL)
            try server.waitForExit()
        }
        #expect(folder.names == ["points", "questions.txt"])
        try withQuizServer(in: folder, ["--data", "points", "--seed", "2"]) { server, port in
            let anna = try RawClient(port: port)
            let question = try anna.play("anna 6")
            #expect(question == standing)
            #expect(try anna.finish(question, points: 2) == ["score 3/3", "rank 1 of 2"])
            let ben = try RawClient(port: port)
            #expect(
                try ben.ask("play ben 1")
                    == ["error: ben is registered; send login ben <password> first"])
            #expect(try ben.ask("login ben geheim") == ["welcome ben"])
            #expect(try ben.finish(ben.play("1"), points: 0) == ["score 0/1", "rank 2 of 2"])
            let result = try expectEnd(of: server)
            #expect(result.stderr == "quiz-server: listening on 127.0.0.1:\(port)\n")
        }
    }

    @Test func aGameWhoseQuestionsAreGoneBeginsAnew() throws {
        let folder = try makeQuizFolder()
        try withQuizServer(in: folder) { server, port in
            let anna = try RawClient(port: port)
            _ = try anna.answer(anna.play("anna 6"), rightly: true)
            let ben = try RawClient(port: port)
            #expect(try ben.finish(ben.play("ben 6"), points: 6) == ["score 6/6", "rank 1 of 1"])
            _ = try expectEnd(of: server)
        }
        try folder.write("questions.txt", quizQuestions[6...9].joined(separator: "\n"))
        try withQuizServer(in: folder) { server, port in
            #expect(
                server.standardError == """
                    quiz-server: 1 unfinished games begin anew, for their questions have changed
                    quiz-server: listening on 127.0.0.1:\(port)

                    """)
            let anna = try RawClient(port: port)
            let question = try anna.play("anna 2")
            #expect(question.number == 1 && question.count == 2)
            #expect(try anna.finish(question, points: 1) == ["score 1/2", "rank 2 of 2"])
        }
    }

    @Test func twoServersCannotUseOneFolder() throws {
        let folder = try makeQuizFolder()
        try withQuizServer(in: folder) { _, port in
            let second = try run(
                "quiz-server", ["127.0.0.1", "0"], folder: folder.path)
            #expect(
                second
                    == ProgramResult(
                        exit: 1, stdout: "",
                        stderr: "quiz-server: cannot open 'quiz-data/journal': another program is "
                            + "using it; end that one, or give another folder\n"))
            _ = try RawClient(port: port).play("anna 1")
        }
    }

    @Test func aDamagedJournalIsToldAndNothingIsGuessed() throws {
        let folder = try makeQuizFolder()
        try withQuizServer(in: folder) { _, port in
            let anna = try RawClient(port: port)
            _ = try anna.answer(anna.play("anna 3"), rightly: true)
        }
        var bytes = try folder.read("quiz-data/journal")
        let game = try #require(bytes.firstIndex(of: UInt8(ascii: "\n"))) + 12
        bytes[game] ^= 1
        try folder.write("quiz-data/journal", bytes)
        let result = try run("quiz-server", ["127.0.0.1", "0"], folder: folder.path)
        #expect(result.exit == 1 && result.stdout.isEmpty)
        #expect(result.stderr.hasPrefix("quiz-server: cannot read 'quiz-data/journal': line 2"))
        #expect(try folder.read("quiz-data/journal") == bytes)
    }

    @Test func aLineThatAKillHasCutInTwoIsToldAndTheGameGoesOn() throws {
        let folder = try makeQuizFolder()
        var first: QuizQuestion?
        try withQuizServer(in: folder) { _, port in
            let anna = try RawClient(port: port)
            first = try anna.play("anna 3")
            _ = try anna.ask("d")
        }
        let bytes = try folder.read("quiz-data/journal")
        // If only its line end is missing, the answer counts; if more is missing, it does not.
        for (cut, notice, number) in [
            (1, "line 3 has lost its end, which is written anew; its records are whole", 2),
            (6, "line 3 was half written when the program was ended; its 23 bytes are cut off", 1),
        ] {
            try folder.write("quiz-data/journal", Array(bytes.dropLast(cut)))
            try withQuizServer(in: folder) { server, port in
                #expect(
                    server.standardError == """
                        quiz-server: quiz-data/journal: \(notice)
                        quiz-server: listening on 127.0.0.1:\(port)

                        """)
                let question = try RawClient(port: port).play("anna 3")
                #expect(question.number == number)
                if number == 1 { #expect(question == first) }
            }
        }
    }

    @Test(.withoutThreadSanitizer(because: "the sanitizer needs files larger than the limit"))
    func aFullDiskIsToldAndTheQuestionStands() throws {
        let folder = try makeQuizFolder()
        let path = try BuiltPrograms.path(of: "quiz-server")
        var standing: QuizQuestion?
        var points = 0
        let full = "error: the server cannot keep this: file too large; try again later"
        // A file may have 1,024 bytes, or 512: shells differ.
        let limited = try Running(
            [
                "/bin/sh", "-c", #"ulimit -f 1 && exec "$0" "$@""#, path, "127.0.0.1", "0",
                "--questions", "questions.txt", "--pause", "0",
            ], folder: folder.path)
        try finishing(limited) { server in
            let anna = try RawClient(port: try server.listeningPort())
            var question = try anna.play("anna 6")
            for _ in 0..<100 {
                let reply = try anna.ask(question.right)
                if reply == [full] {
                    standing = question
                    break
                }
                points = reply.last?.hasPrefix("rank") == true ? 0 : points + 1
                if points == 0 {
                    // The next game's record is longer than an answer's.
                    let reply = try anna.ask("play 6")
                    guard reply != [full] else { break }
                    question = try #require(anna.question(in: reply))
                } else {
                    question = try #require(anna.question(in: reply))
                }
            }
            // Requests that need no disk still work, and the question is still open.
            if let standing {
                #expect(try anna.play("6") == standing)
                #expect(try anna.ask(standing.right) == [full])
                #expect(try anna.play("6") == standing)
            }
            let ben = try RawClient(port: try server.listeningPort())
            for _ in 0..<20 { #expect(try ben.ask("register ben geheim") == [full]) }
            // Each check has cost its time, though it was taken back.
            #expect(
                try ben.ask("register ben geheim")
                    == ["error: too many passwords over this connection; wait a minute"])
            #expect(try ben.ask("login ben geheim") == ["error: this name is not registered"])
            // Many messages come together, and each gets an answer of its own.
            let cem = try RawClient(port: try server.listeningPort())
            try cem.send("what?\nwhat?\nregister cem geheim\n")
            for _ in 0..<2 { #expect(try cem.receiveLine().hasPrefix("error: ")) }
            #expect(try cem.quizReply() == [full])
            #expect(try cem.ask("login cem x") == ["error: this name is not registered"])
            try server.waitForLine(
                on: .standardError,
                containing: "quiz-server: cannot write 'quiz-data/journal': file too large")
        }
        try withQuizServer(in: folder) { _, port in
            let anna = try RawClient(port: port)
            let question = try anna.play("anna 6")
            if let standing { #expect(question == standing) }
            #expect(question.number == points + 1)
            #expect(
                try anna.finish(question, points: 6 - points) == ["score 6/6", "rank 1 of 1"])
            #expect(try anna.ask("register ben geheim") == ["registered ben"])
        }
    }

    private func expectEnd(of server: Running) throws -> ProgramResult {
        server.signal(SIGTERM)
        let result = try server.runToEnd()
        #expect(result.exit == 0)
        return result
    }
}
