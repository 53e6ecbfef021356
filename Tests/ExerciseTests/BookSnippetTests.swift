import Foundation
import Testing

/// The programs that stand in the book, taken out of it, against ours.
struct BookSnippetTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    // MARK: Lines and exact lengths

    @Test(.requiresPython) func linesInPython() throws {
        try readLines(by: Book.python("lines.py", in: folder))
    }

    @Test(.requiresCompiler) func linesInC() throws {
        try readLines(by: Book.compiled("lines.c", in: folder))
    }

    private func readLines(by command: [String]) throws {
        let options = ["127.0.0.1", "0", "--at", "1795305599", "--pause", "0"]
        try withProgram("strftime-server", options) { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            let client = try Running(command + address + ["%Y", "", "It is %A."])
            #expect(try finish(client) == "2026\n\nIt is Saturday.\n")
        }
    }

    @Test(.requiresPython) func exactlySoManyBytesInPython() throws {
        try askForTheNumber(by: Book.python("exactly.py", in: folder))
    }

    @Test(.requiresCompiler) func exactlySoManyBytesInC() throws {
        try askForTheNumber(by: Book.compiled("packing.c", in: folder))
    }

    private func askForTheNumber(by command: [String]) throws {
        for (number, answer) in [("37", "I\n"), ("51", "N\n")] {
            try withProgram("guess-server", ["127.0.0.1", "0", "--number", number]) { server in
                let port = "\(try server.listeningPort())"
                #expect(try finish(Running(command + ["127.0.0.1", port])) == answer)
                #expect(try server.nextLine() == "client 1 joined")
            }
        }
    }

    // MARK: Many clients, the keyboard, the end

    @Test(.requiresPython) func theSelectLoopKeepsHalfALine() throws {
        try keepHalfALine(in: Book.python("select_loop.py", in: folder))
    }

    @Test(.requiresCompiler) func thePollLoopKeepsHalfALine() throws {
        try keepHalfALine(in: Book.compiled("poll_loop.c", in: folder))
    }

    private func keepHalfALine(in command: [String]) throws {
        try withServer(command) { server, port in
            let slow = try RawClient(port: port)
            try slow.send("ha")
            let address = ["127.0.0.1", "\(port)"]
            let client = try run("strftime-client", address + ["hello", "", "a line"])
            #expect(client == ProgramResult(exit: 0, stdout: "HELLO\n\nA LINE\n", stderr: ""))
            try slow.send("lf\r\ntwo\nthr")
            #expect(try slow.receiveLine() == "HALF")
            #expect(try slow.receiveLine() == "TWO")
            slow.reset()
            // The end of the stream ends a half line, too.
            let hasty = try RawClient(port: port)
            try hasty.send("the end")
            hasty.shutdownSending()
            #expect(try hasty.receiveLine() == "THE END")
            #expect(try hasty.receiveToEnd().isEmpty)
            let last = try run("strftime-client", address + ["still there?"])
            #expect(last.stdout == "STILL THERE?\n")
        }
    }

    /// An answer may close other clients whose lines have come as well.
    @Test(.requiresPython) func theSelectLoopMayCloseOtherClients() throws {
        let change = (
            "                outgoing[sock] += answer(line.removesuffix(b\"\\r\"))",
            """
                            print("got", line.decode(), flush=True)
                            for client in list(incoming):
                                leave(client)
                            break
            """
        )
        let command = try Book.python("select_loop.py", in: folder, changing: change)
        try withServer(command) { server, port in
            let clients = try [RawClient(port: port), RawClient(port: port)]
            // Both are accepted once the second has been; then stop the server, so that both lines
            // come at once.
            try server.waitForOpenDescriptors(atLeast: 6)
            server.signal(SIGSTOP)
            for client in clients { try client.send("bye\n") }
            server.signal(SIGCONT)
            #expect(try server.nextLine() == "got bye")
            try RawClient(port: port).send("still there?\n")
            #expect(try server.nextLine() == "got still there?")
        }
    }

    @Test(.requiresPython) func theKeyboardAndASocketAtOnce() throws {
        try withChatServer { server, port in
            let tim = try RawClient(joining: server, as: "Tim")
            let command = try Book.python("keyboard.py", in: folder)
            try finishing(Running(command + ["127.0.0.1", "\(port)", "Anna"])) { anna in
                try server.waitForLine(containing: "Anna joined")
                // The trap: two lines at once.
                try anna.write("one\ntwo\n")
                try tim.expectLine("[Anna] one")
                try tim.expectLine("[Anna] two")
                try tim.send("hello\n")
                #expect(try anna.nextLine() == "[Tim] hello")
                try anna.write("half a line")
                anna.closeInput()
                try tim.expectLine("[Anna] half a line")
                #expect(try anna.waitForExit() == 0)
                try server.waitForLine(containing: "Anna left")
            }
        }
    }

    @Test(.requiresPython) func hearingOutSendsNoReset() throws {
        let text = String(repeating: "a", count: 60_000)
        try withServer(Book.python("closing.py", in: folder)) { server, port in
            let client = try run("message-client", ["127.0.0.1", "\(port)", text])
            #expect(client == ProgramResult(exit: 0, stdout: "", stderr: ""))
            #expect(try server.nextLine() == "aaaaaaaaaaaaaaaa")
        }
        let change = ("    hear_out(client)", "    client.close()")
        let command = try Book.python("closing.py", in: folder, changing: change)
        try withServer(command) { _, port in
            let client = try run("message-client", ["127.0.0.1", "\(port)", text])
            #expect(client.exit == 1)
            expectResetReported(client.stderr, by: "message-client")
        }
    }

    // MARK: Experiments

    /// What they print stands after them. Numbers of two digits and more differ by the system.
    @Test(
        .requiresPython,
        arguments: ["pieces.py", "window.py", "taken.py", "reset.py", "datagrams.py"])
    func experimentsPrintWhatTheBookShows(name: String) throws {
        let printed = try finish(Running(Book.python(name, in: folder)))
        let shown = try #require(try Book.program(name).next)
        #expect(printed.replacing(/\d\d+/, with: "#") == shown.replacing(/\d\d+/, with: "#"))
    }

    @Test(.requiresPython) func theKernelKeepsTheTimeToLive() throws {
        #expect(try finish(Running(Book.python("ttl.py", in: folder))) == "5\n")
    }

    // MARK: Running

    /// Runs a program to its end, which must be a good one, and returns its output.
    private func finish(
        _ program: Running, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let result = try finishing(program) { try $0.runToEnd() }
        #expect(result.exit == 0, "\(result.stderr)", sourceLocation: sourceLocation)
        return result.stdout
    }

    /// Runs a server of the book on a free port.
    private func withServer(
        _ command: [String], _ body: (Running, Int) throws -> Void
    ) throws {
        try finishing(Running(command + ["127.0.0.1", "0"])) { server in
            let line = try server.waitForLine(startingWith: "listening on port ")
            try body(server, try #require(Int(line.dropFirst(18))))
        }
    }
}
