import Foundation
import Testing

/// Practice 4, Chat application: the client's messages, its output, and its end.
struct ChatClientTests {
    @Test func itSendsItsNameAndLinesAndPrintsWhatArrives() throws {
        try withChatClient(["anna"]) { client, server in
            try server.expectLine("anna")
            try server.send("[bob] hi\n[carl] \u{1B}[2J\u{202E}\tho\n")
            try client.waitForLine(containing: "[bob] hi")
            try client.write("one\n\n\r\ntwo\r\nrest")
            try server.expectLine("one")
            try server.expectLine("two")
            client.closeInput()
            #expect(try server.receiveToEnd() == Array("rest\n".utf8))
            // It has shut down its sending side, and goes on printing.
            try server.send("[bob] bye\nlast words")
            try client.waitForLine(containing: "bye")
            server.close()
            #expect(try client.waitForExit() == 0)
            #expect(
                client.standardOutput
                    == "[bob] hi\n[carl] \\u{1B}[2J\\u{202E}\tho\n[bob] bye\nlast words\n")
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func theNameMayBeTheFirstLineOfInput() throws {
        let listener = try RawServer()
        try withProgram("chat-client", ["127.0.0.1", "\(listener.port)", "--pause", "0"]) {
            try $0.write("anna\nhello\n")
            let server = try listener.accept()
            try server.expectLine("anna")
            try server.expectLine("hello")
            $0.closeInput()
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try $0.waitForExit() == 0)
            #expect($0.standardOutput.isEmpty && $0.standardError.isEmpty)
        }
        let result = try run("chat-client", ["127.0.0.1", "1"])
        #expect(result.exit == 64)
        #expect(result.stderr.hasPrefix("chat-client: no name was given, and input has ended\n"))
    }

    @Test func aRefusedNameEndsIt() throws {
        try withChatServer { server, port in
            let anna = try RawClient(joining: server, as: "anna")
            let arguments = ["127.0.0.1", "\(port)", "anna", "--pause", "0"]
            for (options, input) in [([], ""), ([], "hello\n"), (["--listen"], "")] {
                let result = try run("chat-client", arguments + options, input: input)
                #expect(
                    result
                        == ProgramResult(
                            exit: 1,
                            stdout: "error: the name 'anna' is taken; choose another\n",
                            stderr: "chat-client: the server closed the connection\n"))
            }
            let bob = try RawClient(joining: server, as: "bob")
            try bob.send("hi\n")
            try anna.expectLine("[bob] hi")
        }
    }

    @Test func aServerThatDoesNotCloseIsHeardUntilItIsSilent() throws {
        try withChatClient(["anna"]) { client, server in
            try server.expectLine("anna")
            client.closeInput()
            #expect(try server.receiveToEnd() == [])
            try server.send("[bob] bye\nlast words")
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "[bob] bye\nlast words\n")
            #expect(client.standardError.isEmpty)
        }
    }

    @Test func whatASimpleServerSaysIsPrintedWhateverItIs() throws {
        try withChatClient(["anna"]) { client, server in
            try server.expectLine("anna")
            try server.send("error: no such room\nwelcome\nerror: 3 of 7\n")
            try client.waitForLine(containing: "error: 3 of 7")
            #expect(client.standardOutput == "error: no such room\nwelcome\nerror: 3 of 7\n")
            server.close()
            #expect(try client.waitForExit() == 1)
            #expect(client.standardError == "chat-client: the server closed the connection\n")
        }
    }

    @Test func aServerThatClosesFirstIsAnError() throws {
        try withChatClient(["anna"]) { client, server in
            try server.expectLine("anna")
            try server.send("[bob] hi\n")
            server.shutdownSending()
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 1)
            #expect(client.standardOutput == "[bob] hi\n")
            #expect(client.standardError == "chat-client: the server closed the connection\n")
        }
    }

    @Test(arguments: [false, true])
    func itListensUntilTheServerCloses(inputEnds: Bool) throws {
        try withChatClient(["anna", "--listen"]) { client, server in
            try server.expectLine("anna")
            try client.write("hello\n")
            try server.expectLine("hello")
            if inputEnds { client.closeInput() }
            try server.send("[bob] hi\n")
            try client.waitForLine(containing: "[bob] hi")
            // It has neither sent anything nor ended its stream.
            #expect(!isReady(server.descriptor, for: Int32(POLLIN), by: Date()))
            server.shutdownSending()
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "[bob] hi\n" && client.standardError.isEmpty)
        }
    }

    @Test func bareMessagesHaveNoLineEndAndAPauseEndsThoseThatCome() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "anna", "--bare", "-v"]
        try withProgram("chat-client", arguments) { client in
            let server = try listener.accept()
            #expect(try server.receiveOnce() == Array("anna".utf8))
            try server.send("[bob] hi")
            try client.waitForLine(containing: "[bob] hi")
            try client.write("hello\n")
            #expect(try server.receiveOnce() == Array("hello".utf8))
            client.closeInput()
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 0)
            let address = "127.0.0.1:\(listener.port)"
            #expect(
                client.standardError == """
                    chat-client: to \(address): "anna" [61 6e 6e 61]
                    chat-client: from \(address): "[bob] hi" [5b 62 6f 62 5d 20 68 69]
                    chat-client: to \(address): "hello" [68 65 6c 6c 6f]

                    """)
        }
    }

    @Test func aLineThatIsTooLongIsNotSent() throws {
        try withChatClient(["anna"]) { client, server in
            try server.expectLine("anna")
            let longest = String(repeating: "é", count: 2_048)
            try client.write("\(longest)\n\(longest)x\n")
            #expect(try server.receiveToEnd() == Array("\(longest)\n".utf8))
            #expect(try client.waitForExit() == 1)
            #expect(
                client.standardError
                    == "chat-client: a message of 4097 bytes; the most is 4096\n")
        }
    }

    @Test(arguments: [
        (
            HostileServer.stallsInMidMessage(Array("[bob] h".utf8), after: 5),
            "only 7 bytes of a message came, and nothing more for 0.2 s"
                + "; with a --pause above 0 that is a message"
        ),
        (
            HostileServer("talks without end") { connection in
                let noise = [UInt8](repeating: 0x78, count: 100_000)
                while let sent = connection.sendWithoutWaiting(noise[...]) {
                    if sent == 0 { try connection.wait(for: Int32(POLLOUT), "send") }
                }
            },
            "message longer than 24707 bytes; send shorter ones, each with a newline at its end"
        ),
    ])
    func theClientTellsWhatTheServerDidWrong(server: HostileServer, problem: String) throws {
        // It needs --listen: its input ends at once here, and that would end the client.
        let result = try server.result(of: "chat-client") {
            ["127.0.0.1", "\($0)", "anna", "--listen", "--pause", "0", "--timeout", "0.2"]
        }
        let line = "chat-client: \(problem)\n"
        #expect(result == ProgramResult(exit: 1, stdout: "", stderr: line))
    }

    @Test(arguments: [HostileServer.resetsAtOnce, .resetsInMidMessage([0x5B], after: 5)])
    func theClientTellsOfAReset(server: HostileServer) throws {
        let result = try server.result(of: "chat-client") {
            ["127.0.0.1", "\($0)", "anna", "--pause", "0"]
        }
        #expect(result.exit == 1 && result.stdout.isEmpty)
        expectResetReported(result.stderr, by: "chat-client")
    }

    @Test func theClientTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "chat-client") {
            port = $0
            return ["127.0.0.1", "\($0)", "anna"]
        }
        #expect(result == ProgramResult.refused("chat-client", port: port))
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        try withChatClient(["anna"]) { client, server in
            try server.expectLine("anna")
            client.signal(signal)
            #expect(try client.waitForExit() == code)
            #expect(try server.receiveToEnd() == [])
            #expect(client.standardOutput.isEmpty && client.standardError.isEmpty)
        }
    }

    @Test func ourClientsMeetOurServer() throws {
        try withChatServer { server, port in
            let arguments = ["127.0.0.1", "\(port)", "--pause", "0"]
            try withProgram("chat-client", arguments + ["bob", "--listen"]) { bob in
                bob.closeInput()
                try server.waitForLine(containing: "bob joined")
                let anna = try run("chat-client", arguments + ["anna"], input: "hello\nbye\n")
                #expect(anna == ProgramResult(exit: 0, stdout: "", stderr: ""))
                try bob.waitForLine(containing: "[anna] bye")
                server.signal(SIGINT)
                #expect(try bob.waitForExit() == 0)
                #expect(bob.standardOutput == "[anna] hello\n[anna] bye\n")
            }
        }
    }

    @Test(.requiresPython) func ourClientsMeetANaiveServer() throws {
        try PythonPeer.with("chat_server", ["127.0.0.1", "0"]) { server in
            let arguments = ["127.0.0.1", "\(try server.listeningPort())", "--bare"]
            try withProgram("chat-client", arguments + ["bob"]) { bob in
                try server.waitForLine(containing: "joined: bob")
                try withProgram("chat-client", arguments + ["anna"]) { anna in
                    try server.waitForLine(containing: "joined: anna")
                    try anna.write("hello bob\n")
                    try bob.waitForLine(containing: "[anna] hello bob")
                    try bob.write("hello anna\n")
                    try anna.waitForLine(containing: "[bob] hello anna")
                    anna.closeInput()
                    #expect(try anna.waitForExit() == 0)
                    try server.waitForLine(containing: "left: anna")
                }
            }
        }
    }

    @Test(arguments: [
        (["127.0.0.1"], "missing <port> after '127.0.0.1'"),
        (["127.0.0.1", "1", "a", "b"], "unexpected argument 'b'"),
        (["127.0.0.1", "1", "a", "--listen=1"], "--listen takes no value"),
    ])
    func itRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError(
            "chat-client", arguments, reason, usage: "[options] [<address> <port> [<name>]]")
    }
}
