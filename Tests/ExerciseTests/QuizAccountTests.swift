import Foundation
import Testing

/// Programming 2, Task 5.1, the third bonus task: names with passwords, over the wire.
struct QuizAccountTests {
    @Test func theSheetsWayIsPlayAndTheThirdBonusIsRegisterAndLogin() throws {
        try withQuizServer { server, port in
            let anna = try RawClient(port: port)
            #expect(try anna.ask("register anna geheim") == ["registered anna"])
            #expect(
                try anna.ask("play anna 2")
                    == ["error: anna is registered; send login anna <password> first"])
            #expect(try anna.ask("login anna Geheim") == ["error: wrong password"])
            #expect(try anna.ask("login anna geheim") == ["welcome anna"])
            try server.waitForLine(containing: "anna joined")
            let question = try anna.play("2")
            for line in ["x", "", "register b x", "0", "login anna geheim"] {
                #expect(try anna.ask(line) == ["error: answer with a, b, c or d"])
            }
            #expect(try anna.play("anna 5") == question)

            let other = try RawClient(port: port)
            #expect(
                try other.ask("login anna geheim")
                    == ["error: anna is playing on another connection"])
            #expect(
                try other.ask("register anna x")
                    == ["error: anna is registered already; send login anna <password>"])
            // The connection stays after every refusal.
            _ = try other.play("ben 1")
            #expect(
                try anna.ask("d").first == "wrong: \(question.right)")
            let third = try RawClient(port: port)
            #expect(
                try third.ask("play ben 1") == ["error: ben is playing on another connection"])
            #expect(
                try third.ask("register ben x")
                    == ["error: ben has played already; choose another name"])
        }
    }

    @Test func afterFiveWrongPasswordsANameRests() throws {
        try withQuizServer { _, port in
            let anna = try RawClient(port: port)
            #expect(try anna.ask("register anna geheim") == ["registered anna"])
            for _ in 0..<5 { #expect(try anna.ask("login anna x") == ["error: wrong password"]) }
            let resting = ["error: 5 wrong passwords in a row; anna rests for a minute"]
            #expect(try anna.ask("login anna geheim") == resting)
            let other = try RawClient(port: port)
            #expect(try other.ask("login anna geheim") == resting)
            #expect(try other.ask("register ben x") == ["registered ben"])
            #expect(try other.ask("login ben x") == ["welcome ben"])
        }
    }

    @Test func passwordsAreNeitherTracedNorKept() throws {
        let folder = try makeQuizFolder()
        try withQuizServer(in: folder, ["-v"]) { server, port in
            let anna = try RawClient(port: port)
            for line in [
                "register anna geheim", "login anna geheim!", "login anna geheim",
                "Login anna geheim", "login geheim",
            ] { _ = try anna.ask(line) }
            try expectWritten(
                by: server, on: .standardError,
                """
                quiz-server: listening on 127.0.0.1:\(port)
                quiz-server: from client 1: "register ***" [***]
                quiz-server: to client 1: "registered anna" [72 65 67 69 73 74 65 72 65 64 20 61 6e 6e 61 0a]
                quiz-server: from client 1: "login anna ***" [***]
                quiz-server: to client 1: "error: wrong password" [65 72 72 6f 72 3a 20 77 72 6f 6e 67 20 70 61 73 73 77 6f 72 64 0a]
                quiz-server: from client 1: "login anna ***" [***]
                quiz-server: to client 1: "welcome anna" [77 65 6c 63 6f 6d 65 20 61 6e 6e 61 0a]
                quiz-server: from anna: "Login ***" [***]
                quiz-server: to anna: "error: send play <name> <n>, register or login <name> <password>" [65 72 72 6f 72 3a 20 73 65 6e 64 20 70 6c 61 79 20 3c 6e 61 6d 65 3e 20 3c 6e 3e 2c 20 72 65 67 69 73 74 65 72 20 6f 72 20 6c 6f 67 69 6e 20 3c 6e 61 6d 65 3e 20 3c 70 61 73 73 77 6f 72 64 3e ... (65 bytes)]
                quiz-server: from anna: "login ***" [***]
                quiz-server: to anna: "error: send login <name> <password>, neither with blanks in it" [65 72 72 6f 72 3a 20 73 65 6e 64 20 6c 6f 67 69 6e 20 3c 6e 61 6d 65 3e 20 3c 70 61 73 73 77 6f 72 64 3e 2c 20 6e 65 69 74 68 65 72 20 77 69 74 68 20 62 6c 61 6e 6b 73 20 69 6e 20 69 74 0a]

                """)
            let kept = String(decoding: try folder.read("quiz-data/journal"), as: UTF8.self)
            #expect(kept.contains(" registered anna $") && !kept.contains("geheim"))
            #expect(try folder.mode(of: "quiz-data") == 0o700)
            #expect(try folder.mode(of: "quiz-data/journal") == 0o600)
        }
    }

    @Test func aTraceShowsNoPasswordWhereverItIsTyped() throws {
        try withQuizServer(["-v"]) { server, port in
            let anna = try RawClient(port: port)
            #expect(try anna.ask("register anna hunter2") == ["registered anna"])
            let slips = [
                "hunter2", "anna hunter2", "login hunter2", "login hunter2 anna",
                "login\tanna\t hunter2 x", "LOGIN anna hunter2", "register hunter2",
                "play hunter2", "play anna hunter2", "login:anna:hunter2", "HUNTER2",
                "register anna hunter2",
            ]
            for slip in slips { _ = try anna.ask(slip) }
            #expect(try anna.ask("login anna hunter2") == ["welcome anna"])
            for slip in slips { _ = try anna.ask(slip) }
            let question = try anna.play("1")
            for slip in slips { #expect(try anna.ask(slip).count <= 5) }
            _ = try anna.answer(question, rightly: true)
            try server.waitForText("\"rank 1 of 1\"", on: .standardError)
            expectNoPassword(in: server.standardError, lines: 2 * 3 * slips.count)
        }
    }

    @Test func aClientsTraceShowsNoneEither() throws {
        let question = "question 1/1 Q1?\na) A\nb) B\nc) C\nd) D\n"
        try withQuizClient(["anna", "1", "--login", "-v"], input: "hunter2\n") { client, server in
            #expect(try server.receiveLine() == "login anna hunter2")
            try server.send("welcome anna\n")
            _ = try server.receiveLine()
            try server.send(question)
            let slips = [
                "hunter2", "login hunter2 anna", "LOGIN anna hunter2", "play hunter2 1",
                "a hunter2",
            ]
            for slip in slips {
                try client.write(slip + "\n")
                #expect(try server.receiveLine() == slip)
                try server.send("error: \(slip.uppercased())\n")
            }
            try client.write("a\n")
            #expect(try server.receiveLine() == "a")
            try server.send("correct\nscore 1/1\nrank 1 of 1\n")
            try client.waitForText("\"rank 1 of 1\"", on: .standardError)
            expectNoPassword(in: client.standardError, lines: 2 * slips.count)
        }
    }

    /// Checks that a trace of many lines holds `hunter2` neither as text nor in hex.
    private func expectNoPassword(in trace: String, lines: Int) {
        #expect(trace.split(separator: "\n").count > lines)
        #expect(!trace.lowercased().contains("hunter2"), "\(trace)")
        #expect(!trace.contains("75 6e 74 65 72 32") && !trace.contains("55 4e 54 45 52 32"))
    }

    @Test(.requiresSecondLoopback) func whatOneAddressTriesIsNotAnothersToPay() throws {
        try withQuizServer { _, port in
            // One connection gets at most twenty checks, so there are several connections. If a
            // check takes longer than a fifth of a second, the share is never used up.
            var isUsedUp = false
            for connection in 0..<5 where !isUsedUp {
                let stranger = try RawClient(port: port)
                for number in 0..<20 {
                    let reply = try stranger.ask("register s-\(connection)-\(number) x")
                    isUsedUp = reply[0].hasPrefix("error: too many passwords at once; ")
                    #expect(isUsedUp || reply == ["registered s-\(connection)-\(number)"])
                    if isUsedUp { break }
                }
            }
            let anna = try RawClient(port: port, from: "127.0.0.2")
            #expect(try anna.ask("register anna geheim") == ["registered anna"])
            #expect(try anna.ask("login anna geheim") == ["welcome anna"])
        }
    }

    @Test(.requiresPython) func onATerminalThePasswordIsAskedTwiceAndNotSeen() throws {
        try withQuizServer(in: makeQuizFolder(count: 1)) { _, port in
            let anna = try type(
                [
                    ("Name: ", "anna"), ("Password: ", "geheim"), ("Once more: ", "geheim"),
                    ("Number of questions, 1 to 30: ", "1"), ("Your answer: ", "B"),
                ], atClientOf: port)
            #expect(
                anna
                    == ProgramResult(
                        exit: 0,
                        stdout: "Name: anna\nPassword: \nOnce more: \n"
                            + """
                            Number of questions, 1 to 30: 1
                            registered anna
                            welcome anna
                            question 1/1 Q1 (b)?
                            a) A1
                            b) B1
                            c) C1
                            d) D1
                            Your answer: B
                            correct
                            score 1/1
                            rank 1 of 1

                            """, stderr: "ended: terminal restored\n"))
        }
    }

    /// Registers at a terminal, and types each answer when its prompt has come.
    ///
    /// - Returns: The text that the terminal has shown, with plain line ends.
    private func type(
        _ answers: [(prompt: String, text: String)], atClientOf port: Int, _ operands: String...
    ) throws -> ProgramResult {
        let client = try BuiltPrograms.path(of: "quiz-client")
        let command = [client, "127.0.0.1", "\(port)"] + operands + ["--register"]
        return try PythonPeer.with("terminal", ["80"] + command) { terminal in
            for (prompt, text) in answers {
                try terminal.waitForText(prompt)
                try terminal.write(text + "\n")
            }
            let exit = try terminal.waitForExit()
            return ProgramResult(
                exit: exit,
                stdout: terminal.standardOutput.replacingOccurrences(of: "\r\n", with: "\n"),
                stderr: terminal.standardError)
        }
    }
}
