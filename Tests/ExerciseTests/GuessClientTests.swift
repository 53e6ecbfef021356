import Foundation
import Testing

/// Practice 4, Assignment III: the client's questions, its output, and its end.
struct GuessClientTests {
    @Test(arguments: [
        (
            37,
            "< 51: Yes, < 26: No, < 39: Yes, < 33: No, < 36: No, < 38: Yes, < 37: No, = 37: You won"
        ),
        (
            1,
            "< 51: Yes, < 26: Yes, < 14: Yes, < 8: Yes, < 5: Yes, < 3: Yes, < 2: Yes, = 1: You won"
        ),
        (100, "< 51: No, < 76: No, < 89: No, < 95: No, < 98: No, < 100: No, = 100: You won"),
        (50, "< 51: Yes, < 26: No, < 39: No, < 45: No, < 48: No, < 50: No, = 50: You won"),
    ])
    func theSearchGoesByHalves(number: Int, lines: String) throws {
        try withGuessServer(["--number", "\(number)"]) { _, port in
            let result = try run("guess-client", ["127.0.0.1", "\(port)", "--delay", "0"])
            let stdout = lines.replacingOccurrences(of: ", ", with: "\n") + "\n"
            #expect(result == ProgramResult(exit: 0, stdout: stdout, stderr: ""))
        }
    }

    @Test func aPlayerThatComesLateIsToldTheEnd() throws {
        try withGuessServer(["--number", "37"]) { server, port in
            let silent = try RawClient(port: port)
            let first = try run("guess-client", ["127.0.0.1", "\(port)", "--delay", "0"])
            let second = try run("guess-client", ["127.0.0.1", "\(port)", "--delay", "0"])
            #expect(first.stdout.hasSuffix("= 37: You won\n"))
            #expect(second == ProgramResult(exit: 0, stdout: "End of game\n", stderr: ""))
            silent.close()
            try server.waitForLine(containing: "new game")
        }
    }

    @Test(arguments: [("Y", "You won"), ("K", "You are out"), ("V", "End of game")])
    func anEndThatComesUnaskedEndsTheWait(letter: String, words: String) throws {
        // The delay is longer than the test, so the client ends only because it listens meanwhile.
        let server = HostileServer("ends the game unasked") { connection in
            try connection.send(answer(letter))
            // The client ends the stream in good order, without a question.
            #expect(try connection.receiveToEnd() == [])
        }
        let result = try server.result(of: "guess-client") {
            ["127.0.0.1", "\($0)", "--delay", "1000"]
        }
        #expect(result == ProgramResult(exit: 0, stdout: words + "\n", stderr: ""))
    }

    @Test(arguments: [("Y", "You won"), ("K", "You are out"), ("V", "End of game")])
    func anEndInAnswerToAComparisonIsPrintedAlone(letter: String, words: String) throws {
        let result = try play([[answer("I")], [answer(letter)]])
        #expect(result == ProgramResult(exit: 0, stdout: "< 51: Yes\n\(words)\n", stderr: ""))
    }

    @Test(arguments: [("Y", "You won"), ("K", "You are out"), ("V", "End of game")])
    func anEndGluedToAnAnswerEndsTheGameAtOnce(letter: String, words: String) throws {
        let server = HostileServer("glues an end to its answer") { connection in
            #expect(try connection.receive(exactly: 8) == guessQuestion("<", 51))
            // Bytes after the end are read and dropped, and cause no reset.
            try connection.send(answer("N") + answer(letter) + answer("I") + answer("V"))
            #expect(try connection.receiveToEnd() == [])
        }
        let result = try server.result(of: "guess-client") {
            ["127.0.0.1", "\($0)", "--delay", "0-0"]
        }
        #expect(result == ProgramResult(exit: 0, stdout: "< 51: No\n\(words)\n", stderr: ""))
    }

    @Test func theLastQuestionHasThreeAnswers() throws {
        let comparisons = [[UInt8]](repeating: answer("I"), count: 7)
        let lines = "< 51: Yes\n< 26: Yes\n< 14: Yes\n< 8: Yes\n< 5: Yes\n< 3: Yes\n< 2: Yes\n"
        #expect(
            try play([comparisons, [answer("V")]])
                == ProgramResult(exit: 0, stdout: lines + "End of game\n", stderr: ""))
        // Only 1 is left: a server that calls it wrong contradicts itself.
        for (letter, words) in [("K", "You are out"), ("I", "Yes"), ("N", "No")] {
            #expect(
                try play([comparisons, [answer(letter)]])
                    == ProgramResult(
                        exit: 1, stdout: lines + "= 1: \(words)\n",
                        stderr: """
                            guess-client: the server contradicts itself: '\(words)' to '= 1' \
                            does not fit its earlier answers

                            """))
        }
    }

    @Test(arguments: ["I", "N"])
    func anAnswerWithoutAQuestionIsAnError(letter: String) throws {
        let server = HostileServer("answers twice") { connection in
            _ = try connection.receive(exactly: 8)
            try connection.send(answer("I") + answer(letter))
            _ = try? connection.receiveToEnd()
        }
        let result = try server.result(of: "guess-client") {
            ["127.0.0.1", "\($0)", "--delay", "0"]
        }
        let words = letter == "I" ? "Yes" : "No"
        #expect(
            result
                == ProgramResult(
                    exit: 1, stdout: "< 51: Yes\n",
                    stderr: "guess-client: the server said \(words) unasked\n"))
    }

    @Test func aClassMayHaveItsOwnLayout() throws {
        let server = HostileServer("speaks network order") { connection in
            #expect(try connection.receive(exactly: 5) == [0x3C, 0, 0, 0, 51])
            try connection.send([0x56, 1, 2, 3, 4])
            #expect(try connection.receiveToEnd() == [])
        }
        let result = try server.result(of: "guess-client") {
            ["127.0.0.1", "\($0)", "--delay", "0", "--layout", "!c i"]
        }
        #expect(result == ProgramResult(exit: 0, stdout: "End of game\n", stderr: ""))
    }

    @Test func theKeyboardIsLeftAloneAndMessagesAreTraced() throws {
        let listener = try RawServer()
        let arguments = ["-v", "127.0.0.1", "\(listener.port)", "--delay", "0"]
        try withProgram("guess-client", arguments) { client in
            // Its input stays open, and nobody types.
            let connection = try listener.accept()
            #expect(try connection.receiveOnce() == guessQuestion("<", 51))
            try connection.send(answer("V"))
            #expect(try connection.receiveToEnd() == [])
            connection.close()
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardError == """
                    guess-client: to 127.0.0.1:\(listener.port): < 51 [3c 00 00 00 33 00 00 00]
                    guess-client: from 127.0.0.1:\(listener.port): End of game \
                    [56 09 09 09 01 02 03 04]

                    """)
        }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        let listener = try RawServer()
        try withProgram("guess-client", ["127.0.0.1", "\(listener.port)", "--delay", "0"]) {
            let connection = try listener.accept()
            _ = try connection.receive(exactly: 8)
            $0.signal(signal)
            #expect(try $0.waitForExit() == code)
            #expect($0.standardOutput.isEmpty && $0.standardError.isEmpty)
        }
    }

    /// Plays a server that gives these answers, each to its question, and then reads to the end.
    private func play(_ answers: [[[UInt8]]]) throws -> ProgramResult {
        try HostileServer.byteAtATime(answers.flatMap { $0 }, toEach: 8).result(
            of: "guess-client"
        ) { ["127.0.0.1", "\($0)", "--delay", "0"] }
    }
}

/// The sheet's eight bytes of an answer; the number may be anything.
private func answer(_ letter: String) -> [UInt8] { Array(letter.utf8) + [9, 9, 9, 1, 2, 3, 4] }
