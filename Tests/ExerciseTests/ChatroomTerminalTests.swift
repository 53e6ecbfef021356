import Foundation
import Testing

/// The chatroom-client on a terminal: the line being typed is not torn, and the terminal stays
/// whole.
@Suite(.requiresPython) struct ChatroomTerminalTests {
    /// Wipes a row: back to the first column, and erase to the last.
    private static let wipe = "\r\u{1B}[K"

    @Test func whatArrivesDoesNotTearTheLine() throws {
        try withTerminal { terminal, server in
            try terminal.write("Bat")
            try terminal.waitForText("> Bat")
            try terminal.write("man\r")
            try server.expectLine("Batman")
            try server.send("Server: welcome\n")
            try terminal.waitForText("welcome\r\n> ")
            try terminal.write("Anyone he")
            try terminal.waitForText("> Anyone he")
            try server.send("Voldemort: Crucio!\n")
            try terminal.waitForText("Crucio!\r\n> Anyone he")
            try terminal.write("re?\n")
            try server.expectLine("Anyone here?")
            try terminal.write("quit\n")
            try server.expectLine("quit")
            server.close()
            #expect(try terminal.waitForExit() == 0)
            #expect(
                terminal.standardOutput.replacing(Self.wipe, with: "W").replacing(
                    "\r\n", with: "\n")
                        == """
                        Enter login name:
                        > Batman
                        > WServer: welcome
                        > Anyone heWVoldemort: Crucio!
                        > Anyone here?
                        > quit
                        > W
                        """)
            #expect(terminal.standardError == "ended: terminal restored\n")
        }
    }

    @Test func aLongLineKeepsToOneRowAndIsSentWhole() throws {
        try withTerminal(columns: 20) { terminal, server in
            let name = "abcdefghijklmnopqrstuvwxyz日本"
            try terminal.write(name)
            try terminal.waitForText("<mnopqrstuvwxyz日本")
            try terminal.write("\u{7F}\n")
            try server.expectLine("abcdefghijklmnopqrstuvwxyz日")
            server.close()
            try terminal.waitForExit()
        }
    }

    @Test func controlDInAnEmptyLineIsTheEnd() throws {
        try withTerminal { terminal, server in
            try terminal.write("x\u{4}\u{15}\u{4}late\n")
            #expect(try server.receiveToEnd() == [])
            server.close()
            // No name was given.
            #expect(try terminal.waitForExit() == 64)
            #expect(terminal.standardError == "ended: terminal restored\n")
        }
    }

    @Test(arguments: [("\u{3}", 130), ("\u{1C}", 253)])
    func aKeyThatEndsItLeavesTheTerminalAsItWas(key: String, code: Int32) throws {
        try withTerminal { terminal, server in
            try terminal.write("half a line")
            try terminal.waitForText("> half a line")
            try terminal.write(key)
            #expect(try terminal.waitForExit() == code)
            #expect(terminal.standardError == "ended: terminal restored\n")
            #expect(terminal.standardOutput.hasSuffix("> half a line\r\n"))
        }
    }

    @Test func aStoppedProgramLendsTheTerminalBack() throws {
        try withTerminal { terminal, server in
            try terminal.write("Bat\u{1A}")
            try terminal.waitForLine(on: .standardError, containing: "stopped: terminal restored")
            // After it is continued, it has the terminal again, and shows the line again.
            try terminal.waitForText("> Bat\(Self.wipe)> Bat")
            try terminal.write("man\r")
            try server.expectLine("Batman")
            server.close()
            #expect(try terminal.waitForExit() == 1)
            try terminal.waitForLine(on: .standardError, containing: "ended: terminal restored")
        }
    }

    @Test func anErrorStandsOnALineOfItsOwn() throws {
        try withTerminal { terminal, server in
            try terminal.write("Bat")
            try terminal.waitForText("> Bat")
            server.close()
            #expect(try terminal.waitForExit() == 1)
            #expect(
                terminal.standardOutput
                    == "Enter login name:\r\n> Bat\(Self.wipe)"
                    + "chatroom-client: the server closed the connection\r\n")
        }
    }

    @Test func aTraceDoesNotTearTheLineEither() throws {
        try withTerminal(["-v"]) { terminal, server in
            try terminal.write("B\n")
            try server.expectLine("B")
            try terminal.waitForText(
                "> B\r\n> \(Self.wipe)chatroom-client: to 127.0.0.1:\(server.localPort): \"B\" [42 0a]\r\n> "
            )
            server.close()
            try terminal.waitForExit()
        }
    }

    @Test func aTerminalThatCannotWipeARowGetsPlainLines() throws {
        try withTerminal(["TERM=dumb"]) { terminal, server in
            try terminal.write("Batman\n")
            try server.expectLine("Batman")
            server.close()
            try terminal.waitForExit()
            #expect(!terminal.standardOutput.contains("> "))
        }
    }

    /// Runs a client on a terminal, and hands over the server's side of its connection.
    ///
    /// - Parameter arguments: The client's; `TERM=…` is a setting instead.
    private func withTerminal(
        _ arguments: [String] = [], columns: Int = 80, _ body: (Running, RawClient) throws -> Void
    ) throws {
        let listener = try RawServer()
        let settings = arguments.filter { $0.hasPrefix("TERM=") }
        let program = try BuiltPrograms.path(of: "chatroom-client")
        let command =
            ["/usr/bin/env"] + settings
            + [program, "127.0.0.1", "\(listener.port)", "--pause", "0"]
            + arguments.filter { !$0.hasPrefix("TERM=") }
        try PythonPeer.with("terminal", ["\(columns)"] + command) { terminal in
            let server = try listener.accept()
            try terminal.waitForText(settings.isEmpty ? "Enter login name:\r\n> " : "name:\r\n")
            try body(terminal, server)
        }
    }
}
