import Testing

/// On a terminal a wrong answer to a prompt is explained and asked for again.
@Suite(.requiresPython) struct AskedAgainTests {
    @Test func sum() throws {
        try withTerminal("sum-client") { terminal, listener in
            try terminal.write("Alice \nAlice\nviele\n42\n")
            let server = try listener.accept()
            #expect(try server.receiveToEnd() == Array("Alice,42".utf8))
            try server.send("Bob,57")
            server.close()
            #expect(try terminal.waitForExit() == 0)
            for complaint in [
                "sum-client: the server could not tell name and number apart in 'Alice ,1'; ",
                "sum-client: 'viele' is no whole number; give one like 42\n",
            ] { #expect(terminal.shown.contains(complaint)) }
            #expect(terminal.shown.hasSuffix("Sum: 99\n"))
        }
    }

    @Test func aNameOfTheChat() throws {
        try withTerminal("chat-client", ["--pause", "0"]) { terminal, listener in
            try terminal.waitForText("Name: ")
            try terminal.write("\n[anna]\nanna\nhello\n")
            let server = try listener.accept()
            try server.expectLine("anna")
            try server.expectLine("hello")
            try terminal.waitForText("chat-client: the name is empty\r\n")
            try terminal.waitForText("chat-client: a name holds no brackets\r\n")
        }
    }

    @Test func aNameOfArithmetic() throws {
        try withTerminal("arithmetic-client", ["--pause", "0"]) { terminal, listener in
            try terminal.waitForText("Name: ")
            try terminal.write("\nAlice\n")
            let server = try listener.accept()
            try server.expectLine("Alice")
            try terminal.waitForText("arithmetic-client: the name is empty\r\n")
        }
    }

    @Test func aNameOfTictactoeAlsoFromTheArguments() throws {
        try withTerminal("tictactoe-client", ["anna", "--pause", "0"]) { terminal, listener in
            let server = try listener.accept()
            try server.expectLine("anna")
            try server.send("error: taken\n")
            try terminal.waitForText("error: taken\r\nName: ")
            try terminal.write("bob\n")
            try server.expectLine("bob")
        }
    }

    @Test func nameAndNumberOfTheQuiz() throws {
        try withTerminal("quiz-client", ["--pause", "0"]) { terminal, listener in
            try terminal.write("anna b\nanna\nx\n31\n")
            let server = try listener.accept()
            #expect(try server.receiveOnce() == Array("play anna 31\n".utf8))
            // Only the server knows how many questions there are.
            try server.send("error: the number of questions is 1 to 30\n")
            try terminal.waitForText("is 1 to 30\r\nNumber of questions, 1 to 30: ")
            try terminal.write("2\n")
            #expect(try server.receiveOnce() == Array("play anna 2\n".utf8))
            try server.send("error: not today\n")
            #expect(try terminal.waitForExit() == 1)
            for complaint in [
                "quiz-client: a name is 1 to 32 letters, digits, - or _\n",
                "quiz-client: <n>: 'x' is not a number of questions\n",
                "quiz-client: error: not today\n",
            ] { #expect(terminal.shown.contains(complaint)) }
        }
    }

    @Test func passwordsOfTheQuizAreNeverShown() throws {
        let arguments = ["anna", "1", "--register", "--pause", "0"]
        try withTerminal("quiz-client", arguments) { terminal, listener in
            try terminal.waitForText("Password: ")
            // The second password comes before its prompt, and differs from the first.
            try terminal.write("geheim1\ngeheim2\n")
            try terminal.waitForText("type both once more\r\nPassword: ")
            try terminal.write("geheim 3\ngeheim3\ngeheim3\n")
            let server = try listener.accept()
            #expect(try server.receiveOnce() == Array("register anna geheim3\n".utf8))
            try server.send("error: not today\n")
            #expect(try terminal.waitForExit() == 1)
            #expect(!terminal.shown.contains("geheim"))
            #expect(terminal.shown.contains("a password is 1 to 128 characters without blanks\n"))
            #expect(terminal.standardError == leftWhole)
        }
    }

    @Test func aWrongPasswordOfTheQuiz() throws {
        let arguments = ["anna", "1", "--login", "--pause", "0"]
        try withTerminal("quiz-client", arguments) { terminal, listener in
            try terminal.waitForText("Password: ")
            try terminal.write("one\n")
            let server = try listener.accept()
            #expect(try server.receiveOnce() == Array("login anna one\n".utf8))
            try server.send("error: wrong password\n")
            try terminal.waitForText("wrong password\r\nPassword: ")
            try terminal.write("two\n")
            #expect(try server.receiveOnce() == Array("login anna two\n".utf8))
        }
    }
}
