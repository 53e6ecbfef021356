import Foundation
import Testing

/// chat, talk and tictactoe on a terminal: a typed line is never torn, and a waiting user is told
/// for whom.
@Suite(.requiresPython) struct ConversationTerminalTests {
    @Test func whatArrivesDoesNotTearALineOfTheChat() throws {
        try withTerminal("chat-client", ["anna", "--pause", "0", "-v"]) { terminal, listener in
            let server = try listener.accept()
            try server.expectLine("anna")
            try terminal.write("hel")
            try terminal.waitForText("hel")
            try server.send("[bob] hi\n")
            try terminal.waitForText("[bob] hi\r\nhel")
            try terminal.write("lo\n")
            try server.expectLine("hello")
            try terminal.write("\u{4}")
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try terminal.waitForExit() == 0)
            let address = "127.0.0.1:\(listener.port)"
            #expect(
                terminal.shown == """
                    chat-client: to \(address): "anna" [61 6e 6e 61 0a]
                    helWchat-client: from \(address): "[bob] hi" [5b 62 6f 62 5d 20 68 69 0a]
                    helW[bob] hi
                    hello
                    Wchat-client: to \(address): "hello" [68 65 6c 6c 6f 0a]
                    W
                    """)
            #expect(terminal.standardError == leftWhole)
        }
    }

    @Test func talkSaysWhoseTurnItIs() throws {
        try withTerminal("talk-client", ["--pause", "0"]) { terminal, listener in
            let server = try listener.accept()
            try terminal.waitForText("Your turn: ")
            try terminal.write("hello\n")
            try server.expectLine("hello")
            try terminal.waitForText("The other's turn: ")
            try terminal.write("wait\nand se")
            try terminal.waitForText("and se")
            try server.send("hi\n")
            // A line that was typed ahead is sent at once, and the one being typed stays whole.
            try server.expectLine("wait")
            try server.send("bye\n")
            try terminal.write("e\n")
            try server.expectLine("and see")
            server.close()
            #expect(try terminal.waitForExit() == 0)
            #expect(
                terminal.shown.hasPrefix(
                    """
                    Your turn: hello
                    Your turn: WThe other's turn: wait
                    The other's turn: and seWhi
                    The other's turn: and seWYour turn: and seWThe other's turn: and se
                    """))
            #expect(terminal.shown.contains("Wbye\nThe other's turn: and seWYour turn: and se"))
            #expect(terminal.standardError == leftWhole)
        }
    }

    @Test func talksServerHasTheTerminalOnlyWhileSomebodyIsThere() throws {
        let program = try BuiltPrograms.path(of: "talk-server")
        let command = [program, "127.0.0.1", "0", "--pause", "0"]
        try PythonPeer.with("terminal", ["80"] + command) { terminal in
            let ready = try terminal.waitForLine(containing: "listening on 127.0.0.1:")
            let digits = ready.split(separator: ":").last?.filter(\.isNumber)
            let port = try #require(digits.flatMap { Int($0) })
            try terminal.write("early\n")
            try terminal.waitForText("early")
            let client = try RawClient(port: port)
            try terminal.waitForText("The other's turn: ")
            try client.send("hello\n")
            try client.expectLine("early")
            try client.send("and?\n")
            try terminal.waitForText("and?\r\nThe other's turn: \r\u{1B}[KYour turn: ")
            try terminal.write("EXIT\n")
            #expect(try client.receiveToEnd() == [])
            terminal.signal(SIGTERM)
            #expect(try terminal.waitForExit() == 0)
            #expect(terminal.standardError == leftWhole)
        }
    }

    @Test func tictactoeSaysForWhomItWaits() throws {
        try withTerminal("tictactoe-client", ["anna", "--pause", "0"]) { terminal, listener in
            let server = try listener.accept()
            try server.expectLine("anna")
            try server.send("Welcome anna\n")
            try terminal.waitForText("Waiting for an opponent ...")
            try server.send("init@1 b\u{7}b anna\n")
            try terminal.waitForText("Waiting for b\\u{7}b ...")
            try server.send("moved b\u{7}b 1 X........\nmove X........\n")
            try terminal.waitForText("Cell, 1 to 9: ")
            try terminal.write("5\n")
            try server.expectLine("5")
            // No line about waiting is shown if a message has come already.
            try server.send("moved anna 5 X...O....\nGameEnd anna\n")
            #expect(try terminal.waitForExit() == 0)
            #expect(
                terminal.shown == """
                    Welcome anna
                    Waiting for an opponent ...
                    Game 1: b\\u{7}b (X) against anna (O)
                    Waiting for b\\u{7}b ...
                    b\\u{7}b takes 1
                    X | 2 | 3
                    4 | 5 | 6
                    7 | 8 | 9
                    Cell, 1 to 9: 5
                    anna takes 5
                    X | 2 | 3
                    4 | O | 6
                    7 | 8 | 9
                    anna has won

                    """)
            #expect(terminal.standardError == leftWhole)
        }
    }
}
