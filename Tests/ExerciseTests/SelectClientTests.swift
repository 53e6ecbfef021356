import Foundation
import Testing

/// Practice 4, Exercise I: the client's messages, its waits, its output, and its errors.
struct SelectClientTests {
    @Test func itSendsItsArguments() throws {
        try withSelectServer(["-v"]) { server, port in
            let result = try run("select-client", ["127.0.0.1", "\(port)", "hello", "", "b c"])
            #expect(result == ProgramResult(exit: 0, stdout: "OK\nOK\n", stderr: ""))
            try server.waitForLine(containing: "client 1 left")
            // The empty message was skipped, for it has no bytes.
            try expectWritten(
                by: server, on: .standardError,
                """
                select-server: listening on 127.0.0.1:\(port)
                select-server: from client 1: "hello" [68 65 6c 6c 6f]
                select-server: to client 1: "OK" [4f 4b]
                select-server: from client 1: "b c" [62 20 63]
                select-server: to client 1: "OK" [4f 4b]

                """)
        }
    }

    @Test func itSendsTheLinesOfItsInputWithoutTheirEnds() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)"]
        try withProgram("select-client", arguments) { client in
            let server = try listener.accept()
            for (line, message) in [("one\n", "one"), ("\n\r\ntwo\r\n", "two"), ("é", "é")] {
                try client.write(line)
                if line == "é" { client.closeInput() }
                #expect(try server.receiveOnce() == Array(message.utf8))
                try server.send("OK")
                try client.waitForLine(containing: "OK")
            }
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.waitForExit() == 0)
            #expect(client.standardOutput == "OK\nOK\nOK\n" && client.standardError.isEmpty)
        }
    }

    @Test func itSendsNothingBeforeTheTwoBytesHaveCome() throws {
        let listener = try RawServer()
        let arguments = ["127.0.0.1", "\(listener.port)", "one", "two", "-v"]
        try withProgram("select-client", arguments) { client in
            let server = try listener.accept()
            #expect(try server.receiveOnce() == Array("one".utf8))
            try server.send("O")
            try client.waitForLine(on: .standardError, containing: "to the server")
            #expect(!isReady(server.descriptor, for: Int32(POLLIN), by: Date()))
            try server.send("K")
            #expect(try server.receiveOnce() == Array("two".utf8))
            try server.send("OK")
            #expect(try server.receiveToEnd() == [])
            server.close()
            #expect(try client.runToEnd().exit == 0)
            #expect(
                client.standardError == """
                    select-client: to the server: "one" [6f 6e 65]
                    select-client: from the server: "OK" [4f 4b]
                    select-client: to the server: "two" [74 77 6f]
                    select-client: from the server: "OK" [4f 4b]

                    """)
        }
    }

    @Test func aMessageHasAtMost1024Bytes() throws {
        try withSelectServer { _, port in
            let address = ["127.0.0.1", "\(port)"]
            let longest = String(repeating: "é", count: 512)
            #expect(try run("select-client", address + [longest]).stdout == "OK\n")
            #expect(try run("select-client", address, input: longest).stdout == "OK\n")
            let tooLong = longest + "x"
            let reason = "a message of 1025 bytes; the most is 1024"
            // Nothing is sent if one of the arguments is too long.
            try expectUsageError(
                "select-client", address + ["hello", tooLong], reason, usage: clientUsage)
            let typed = try run("select-client", address, input: "hello\n\(tooLong)\n")
            #expect(typed.exit == 64 && typed.stdout == "OK\n")
            #expect(typed.stderr.hasPrefix("select-client: \(reason)\nusage: "))
        }
    }

    @Test(arguments: [
        (HostileServer.closesAtOnce, "the peer closed the connection before it had sent all"),
        (
            .closesInMidMessage([0x4F], after: 5),
            "the peer closed the connection after 1 of 2 bytes"
        ),
        (.silent, "timed out"),
        (.stallsInMidMessage([0x4F], after: 5), "timed out after 1 of 2 bytes"),
    ])
    func theClientTellsWhatTheServerDidWrong(server: HostileServer, problem: String) throws {
        var port = 0
        let result = try server.result(of: "select-client") {
            port = $0
            return ["127.0.0.1", "\($0)", "hello", "--timeout", "0.2"]
        }
        let line = "select-client: cannot receive from 127.0.0.1:\(port): \(problem)\n"
        #expect(result == ProgramResult(exit: 1, stdout: "", stderr: line))
    }

    @Test(arguments: [("HTTP/1.1 400", "HT"), ("NO", "NO"), ("ok", "ok"), ("\u{1B}[", "\\u{1B}[")])
    func anotherAnswerThanOKIsAnError(reply: String, shown: String) throws {
        let server = HostileServer("answers otherwise") { connection in
            _ = try connection.receive(exactly: 5)
            try connection.send(reply)
            _ = try? connection.receiveToEnd()
        }
        let result = try server.result(of: "select-client") {
            ["127.0.0.1", "\($0)", "hello", "again"]
        }
        let line = "select-client: the server answered '\(shown)' instead of OK\n"
        #expect(result == ProgramResult(exit: 1, stdout: "", stderr: line))
    }

    @Test func aReplyMayComeAByteAtATime() throws {
        let replies = [[UInt8]](repeating: Array("OK".utf8), count: 3)
        let result = try HostileServer.byteAtATime(replies, toEach: 5).result(of: "select-client") {
            ["127.0.0.1", "\($0)", "hello", "hello", "hello"]
        }
        #expect(result == ProgramResult(exit: 0, stdout: "OK\nOK\nOK\n", stderr: ""))
    }

    @Test(arguments: [HostileServer.resetsAtOnce, .resetsInMidMessage([0x4F], after: 5)])
    func theClientTellsOfAReset(server: HostileServer) throws {
        let result = try server.result(of: "select-client") { ["127.0.0.1", "\($0)", "hello"] }
        #expect(result.exit == 1 && result.stdout.isEmpty)
        expectResetReported(result.stderr, by: "select-client")
    }

    @Test func theClientTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "select-client") {
            port = $0
            return ["127.0.0.1", "\($0)", "hello"]
        }
        #expect(result == ProgramResult.refused("select-client", port: port))
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsIt(signal: Int32, code: Int32) throws {
        let listener = try RawServer()
        try withProgram("select-client", ["127.0.0.1", "\(listener.port)", "hello"]) {
            let connection = try listener.accept()
            _ = try connection.receive(exactly: 5)
            $0.signal(signal)
            #expect(try $0.waitForExit() == code)
            #expect($0.standardOutput.isEmpty && $0.standardError.isEmpty)
        }
    }

    @Test(arguments: [
        (["127.0.0.1"], "missing <port> after '127.0.0.1'"),
        (["127.0.0.1", "0"], "<port>: '0' is not a whole number from 1 to 65535"),
        (["127.0.0.1", "1", "--delay", "1"], "unknown option '--delay'"),
    ])
    func theClientRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError("select-client", arguments, reason, usage: clientUsage)
    }

    @Test func theServerRefusesWhatItDoesNotKnow() throws {
        let usage = "[options] [[<address>] <port>]"
        try expectUsageError(
            "select-server", ["1", "2", "3"], "unexpected argument '3'", usage: usage)
        let reason = "<port>: 'x' is not a whole number from 0 to 65535"
        try expectUsageError("select-server", ["x"], reason, usage: usage)
        for name in ["select-server", "select-client"] {
            let help = try run(name, ["--help"])
            #expect(help.exit == 0 && help.stdout.contains("default 10000)\n"))
            #expect(help.stdout.contains("localhost)\n"))
        }
    }

    @Test(.requiresPython) func ourClientMeetsANaiveServer() throws {
        try PythonPeer.with("select_server", ["127.0.0.1", "0"]) { server in
            let port = "\(try server.listeningPort())"
            let result = try run("select-client", ["127.0.0.1", port, "hello", "world"])
            #expect(result == ProgramResult(exit: 0, stdout: "OK\nOK\n", stderr: ""))
            #expect(try server.nextLine() == "hello")
            #expect(try server.nextLine() == "world")
        }
    }
}

private let clientUsage = "[options] [<address> <port> [<message>...]]"
