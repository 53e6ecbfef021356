import Foundation
import Testing

/// CS 212, question 8: the client's messages and output without a terminal.
struct ChatroomClientTests {
    private static let joined = "Server: time=10.01 Batman has joined. Member count=1"

    @Test func itLogsInAndSendsLinesAndPrintsWhatArrives() throws {
        try withChatroomClient { client, server in
            try client.waitForLine(containing: "Enter login name:")
            // All lines come at once: those after the name wait for the answer to the name.
            try client.write("Batman\nAnyone here?\n")
            #expect(try server.receiveOnce() == Array("Batman\n".utf8))
            try server.send(Self.joined + "\n")
            try server.expectLine("Anyone here?")
            try server.send("Voldemort: \u{1B}[2J\u{202E}\tCrucio!\n")
            try client.waitForLine(containing: "Crucio!")
            try client.write("\n\r\none\r\n quit\nquit\nnever\n")
            try server.expectLine("one")
            try server.expectLine(" quit")
            try server.expectLine("quit")
            #expect(try server.receiveToEnd() == [])
            // It goes on printing until the server closes.
            try server.send("Voldemort: bye\nlast words")
            try client.waitForLine(containing: "bye")
            server.close()
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardOutput == """
                    Enter login name:
                    \(Self.joined)
                    Voldemort: \\u{1B}[2J\\u{202E}\tCrucio!
                    Voldemort: bye
                    last words

                    """)
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func anEmptyNameIsAskedForAgainAndNotSent() throws {
        try withChatroomClient { client, server in
            try client.write("\n \t \n \tBatman  \n")
            #expect(try server.receiveOnce() == Array("Batman\n".utf8))
            try client.waitForText("Enter login name:\n", times: 3)
            // The blanks of a message belong to it.
            try server.send(Self.joined + "\n")
            try client.write(" hi \n")
            try server.expectLine(" hi ")
        }
    }

    @Test func aRefusedNameIsAskedForAgain() throws {
        try withChatroomServer { server, port in
            _ = try RawClient(entering: server, as: "Batman", count: 1)
            try server.waitForLine(containing: "Batman left")
            let batman = try RawClient(entering: server, as: "Batman", count: 1)
            let input = "Batman\nSERVER\na:b\n\u{1B}\nRobin\nhello\n"
            let arguments = ["127.0.0.1", "\(port)", "--pause", "0"]
            #expect(
                try run("chatroom-client", arguments, input: input)
                    == ProgramResult(
                        exit: 0,
                        stdout: """
                            Enter login name:
                            error: name taken
                            Enter login name:
                            error: 'SERVER' is not free to be a name; choose another
                            Enter login name:
                            error: a name holds no colon
                            Enter login name:
                            error: a name holds only printable characters
                            Enter login name:
                            Server: time=10.01 Robin has joined. Member count=2

                            """,
                        stderr: ""))
            try batman.expectLine("Server: time=10.01 Robin has joined. Member count=2")
            try batman.expectLine("Robin: hello")
            try batman.expectLine("Server: time=10.01 Robin has left. Member count=1")
        }
    }

    @Test func anotherProtocolIsShownAsItIs() throws {
        try withChatroomClient { client, server in
            try client.write("Batman\n")
            try server.expectLine("Batman")
            try server.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            server.close()
            #expect(try client.waitForExit() == 1)
            #expect(
                client.standardOutput
                    == "Enter login name:\nHTTP/1.1 400 Bad Request\nContent-Length: 0\n\n")
            #expect(client.standardError == "chatroom-client: the server closed the connection\n")
        }
    }

    @Test func bareMessagesHaveNoLineEndAndAPauseEndsThoseThatCome() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "--bare", "-v"]
        try withProgram("chatroom-client", arguments) { client in
            let server = try listener.accept()
            try client.write("Al\nhi\n")
            #expect(try server.receiveOnce() == Array("Al".utf8))
            try server.send("welcome")
            try client.waitForLine(containing: "welcome")
            #expect(try server.receiveOnce() == Array("hi".utf8))
            try client.write("quit\n")
            #expect(try server.receiveToEnd() == Array("quit".utf8))
            server.close()
            #expect(try client.waitForExit() == 0)
            let address = "127.0.0.1:\(listener.port)"
            #expect(
                client.standardError == """
                    chatroom-client: to \(address): "Al" [41 6c]
                    chatroom-client: from \(address): "welcome" [77 65 6c 63 6f 6d 65]
                    chatroom-client: to \(address): "hi" [68 69]
                    chatroom-client: to \(address): "quit" [71 75 69 74]

                    """)
        }
    }

    @Test func aLineThatIsTooLongIsNotSent() throws {
        try withChatroomClient { client, server in
            try client.write("Batman\n")
            try server.expectLine("Batman")
            try server.send(Self.joined + "\n")
            let longest = String(repeating: "é", count: 2_048)
            try client.write("\(longest)\n\(longest)x\n")
            #expect(try server.receiveToEnd() == Array("\(longest)\n".utf8))
            #expect(try client.waitForExit() == 1)
            #expect(
                client.standardError
                    == "chatroom-client: a message of 4097 bytes; the most is 4096\n")
        }
    }

    @Test(.requiresPython) func ourClientsMeetANaiveServer() throws {
        try PythonPeer.with("chatroom_server", ["127.0.0.1", "0"]) { server in
            let arguments = ["127.0.0.1", "\(try server.listeningPort())", "--bare"]
            try withProgram("chatroom-client", arguments) { batman in
                try batman.write("Batman\n")
                try batman.waitForLine(containing: "Batman has joined. Member count=1")
                try withProgram("chatroom-client", arguments) { robin in
                    try robin.write("Batman\n")
                    try robin.waitForLine(containing: "error: name taken")
                    try robin.write("Robin\n")
                    try batman.waitForLine(containing: "Robin has joined. Member count=2")
                    try robin.waitForLine(containing: "Robin has joined. Member count=2")
                    try batman.write("hello\n")
                    try robin.waitForLine(containing: "Batman: hello")
                    try robin.write("quit\n")
                    #expect(try robin.waitForExit() == 0)
                    try batman.waitForLine(containing: "Robin has left. Member count=1")
                }
            }
        }
    }
}
