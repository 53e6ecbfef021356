import Foundation
import Testing

/// Text typed ahead on a terminal when a program ends, and the row of the shell's prompt.
@Suite(.requiresPython) struct TypedAheadTests {
    /// A game of hangman: a guess, a whole line and half a line have been typed.
    private func withTypedAhead(_ body: (Running, RawClient) throws -> Void) throws {
        try withTerminal("hangman-client", ["--pause", "0"]) { terminal, listener in
            let server = try listener.accept()
            try server.expectLine("start")
            try server.send("length 2\n")
            try terminal.waitForText("Letter: ")
            try terminal.write("a\necho run by the shell\nhalf")
            try server.expectLine("a")
            try terminal.waitForText("half")
            try body(terminal, server)
        }
    }

    @Test func itIsDroppedWhenTheProgramIsDone() throws {
        try withTypedAhead { terminal, server in
            try server.send("at 1,2\nend won aa\n")
            #expect(try terminal.waitForExit() == 0)
            #expect(terminal.standardError == leftWhole)
        }
    }

    @Test func itIsDroppedAfterAnError() throws {
        try withTypedAhead { terminal, server in
            server.close()
            let code = try terminal.waitForExit()
            #expect(code == 1)
            #expect(terminal.standardError == leftWhole)
        }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func itIsDroppedAfterASignal(signal: Int32, code: Int32) throws {
        try withTypedAhead { terminal, server in
            terminal.signal(signal)
            let exit = try terminal.waitForExit()
            #expect(exit == code)
            #expect(terminal.standardError == leftWhole)
        }
    }

    @Test func whoReadsNoKeyboardLeavesItToTheShell() throws {
        let given = ["--name", "Alice", "--number", "42"]
        try withTerminal("sum-client", given) { terminal, listener in
            let server = try listener.accept()
            #expect(try server.receiveToEnd() == Array("Alice,42".utf8))
            try terminal.write("echo the next command\n")
            try terminal.waitForText("next command")
            try server.send("Bob,57")
            server.close()
            #expect(try terminal.waitForExit() == 0)
            #expect(
                terminal.standardError
                    == leftWhole + "left for the shell: b'echo the next command\\n'\n")
        }
    }

    /// Else the shell's prompt would stand behind the last prompt.
    @Test func anAnswerTypedAheadIsNotAskedFor() throws {
        let arguments = ["Alice", "--pause", "0"]
        try withTerminal("arithmetic-client", arguments) { terminal, listener in
            let server = try listener.accept()
            try server.expectLine("Alice")
            try terminal.waitForText("Calculation, or q: ")
            try terminal.write("1 + 1\nq\n")
            try server.expectLine("1 + 1")
            try terminal.waitForText("q\r\n")
            try server.send("2\n")
            try server.expectLine("q")
            server.close()
            #expect(try terminal.waitForExit() == 0)
            #expect(terminal.shown == "Calculation, or q: 1 + 1\nq\n2\n")
        }
    }

    @Test func controlDEndsThePromptsRow() throws {
        try withTerminal("sum-client") { terminal, _ in
            try terminal.waitForText("Name: ")
            try terminal.write("\u{4}")
            #expect(try terminal.waitForExit() == 64)
            #expect(
                terminal.shown.hasPrefix(
                    """
                    Name: 
                    sum-client: the input has ended; it must have two lines, name and number

                    """))
        }
    }

    @Test func controlCEndsThePromptsRow() throws {
        try withTerminal("hangman-client", ["--pause", "0"]) { terminal, listener in
            let server = try listener.accept()
            try server.send("length 2\n")
            try terminal.waitForText("Letter: ")
            try terminal.write("\u{3}")
            #expect(try terminal.waitForExit() == 130)
            #expect(terminal.shown == "_ _\nLetter: ^C\n")
        }
    }

    @Test func controlCEndsARowWithoutAPromptToo() throws {
        let program = try BuiltPrograms.path(of: "chat-server")
        try PythonPeer.with("terminal", ["80", program, "127.0.0.1", "0"]) { terminal in
            try terminal.waitForText("listening on 127.0.0.1:")
            try terminal.write("\u{3}")
            #expect(try terminal.waitForExit() == 0)
            #expect(terminal.shown.hasSuffix("\n^C\n"))
        }
    }

    @Test func anErrorStandsBelowThePrompt() throws {
        try withTerminal("tictactoe-client", ["anna", "--pause", "0"]) { terminal, listener in
            let server = try listener.accept()
            try server.expectLine("anna")
            try server.send("Welcome anna\nmove .........\n")
            try terminal.waitForText("Cell, 1 to 9: ")
            server.reset()
            #expect(try terminal.waitForExit() == 1)
            #expect(terminal.shown.contains("Cell, 1 to 9: \ntictactoe-client: cannot receive"))
        }
    }
}
