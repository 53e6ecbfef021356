import Foundation
import Testing

/// Unit B3, the sheet's example: the client's message, and both sides with naive peers.
struct MessageClientTests {
    @Test(arguments: [
        "this is my message", "", "two\nlines\n", "日本 😀 é", "\u{1B}[2J\t", "-5",
        Sample("x", times: 100_000),
    ])
    func itSendsTheBareTextAndEndsItsStream(sample: Sample) throws {
        let listener = try RawServer()
        let text = sample.text
        try withProgram("message-client", ["localhost", "\(listener.port)", text]) { client in
            let connection = try listener.accept()
            let isSame = try connection.receiveToEnd() == Array(text.utf8)
            #expect(isSame)
            connection.close()
            expectSilentSuccess(try client.runToEnd())
        }
    }

    @Test(.requiresIPv6) func itSendsOverIPv6() throws {
        let listener = try RawServer(address: "::1")
        try withProgram("message-client", ["::1", "\(listener.port)", "hello"]) { client in
            let connection = try listener.accept()
            #expect(try connection.receiveToEnd() == Array("hello".utf8))
            connection.close()
            expectSilentSuccess(try client.runToEnd())
        }
    }

    @Test func aServerThatIsBusyGetsTheMessageLater() throws {
        let listener = try RawServer()
        // Nobody has accepted it, and it does not wait for its turn.
        expectSilentSuccess(try run("message-client", ["127.0.0.1", "\(listener.port)", "hello"]))
        let connection = try listener.accept()
        #expect(try connection.receiveToEnd() == Array("hello".utf8))
    }

    @Test func aTextMayLookLikeAnOption() throws {
        try withMessageServer { server in
            let address = ["127.0.0.1", "\(try server.listeningPort())"]
            expectSilentSuccess(try run("message-client", address + ["--", "--help"]))
            expectSilentSuccess(try run("message-client", ["--"] + address + ["-v"]))
            #expect(try server.nextLine().hasSuffix("): --help"))
            #expect(try server.nextLine().hasSuffix("): -v"))
        }
    }

    @Test(arguments: [
        HostileServer.closesAtOnce, .closesInMidMessage(Array("HEL".utf8)),
        .stallsInMidMessage(Array("HEL".utf8)), .wrongProtocol, .silent,
        .byteAtATime([Array("HELLO".utf8)], toEach: 5),
        // This is more than a message may have.
        HostileServer("replies with 2 MiB") { connection in
            _ = try connection.receiveOnce()
            try? connection.send([UInt8](repeating: 0x78, count: 2 << 20))
        },
    ])
    func whatAServerRepliesIsNoneOfItsConcern(server: HostileServer) throws {
        expectSilentSuccess(
            try server.result(of: "message-client") { ["127.0.0.1", "\($0)", "hello"] })
    }

    @Test(arguments: [HostileServer.resetsAtOnce, .resetsInMidMessage([], after: 5)])
    func itTellsOfAReset(server: HostileServer) throws {
        let result = try server.result(of: "message-client") { ["127.0.0.1", "\($0)", "hello"] }
        #expect(result.exit == 1 && result.stdout.isEmpty)
        expectResetReported(result.stderr, by: "message-client")
    }

    @Test func itTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "message-client") {
            port = $0
            return ["127.0.0.1", "\($0)", "hello"]
        }
        #expect(result == ProgramResult.refused("message-client", port: port))
    }

    @Test(arguments: [
        ([], "missing <address> and <port>"), (["localhost", "2000"], "missing <text>"),
        (["localhost", "2000", "two", "words"], "unexpected argument 'words'"),
    ])
    func itRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError(
            "message-client", arguments, reason, usage: "[options] <address> <port> <text>")
    }

    @Test func aTraceShowsTheMessageOnStandardError() throws {
        try withMessageServer { server in
            let port = try server.listeningPort()
            #expect(
                try run("message-client", ["-v", "127.0.0.1", "\(port)", "hi\n"])
                    == ProgramResult(
                        exit: 0, stdout: "",
                        stderr: #"message-client: to 127.0.0.1:\#(port): "hi\u{A}" [68 69 0a]"#
                            + "\n"))
        }
    }

    @Test func ourClientMeetsOurServer() throws {
        try withMessageServer { server in
            let port = try server.listeningPort()
            for text in ["one", "two\nlines", "stra\u{DF}e"] {
                expectSilentSuccess(try run("message-client", ["127.0.0.1", "\(port)", text]))
            }
            #expect(try server.nextLine().hasSuffix("): one"))
            #expect(try server.nextLine().hasSuffix("): two\\u{A}lines"))
            #expect(try server.nextLine().hasSuffix("): stra\u{DF}e"))
        }
    }

    @Test(.requiresPython) func ourServerHearsANaiveClient() throws {
        try withMessageServer { server in
            let arguments = ["127.0.0.1", "\(try server.listeningPort())", "stra\u{DF}e"]
            for _ in 1...3 {
                expectSilentSuccess(try PythonPeer.run("message_client", arguments))
                #expect(try server.nextLine().hasSuffix("): stra\u{DF}e"))
            }
        }
    }

    @Test(.requiresPython) func aNaiveServerHearsOurClient() throws {
        try PythonPeer.with("message_server", ["127.0.0.1", "0"]) { server in
            let arguments = ["127.0.0.1", "\(try server.listeningPort())", "stra\u{DF}e"]
            for _ in 1...3 {
                expectSilentSuccess(try run("message-client", arguments))
                #expect(try server.nextLine().hasSuffix("): stra\u{DF}e"))
            }
        }
    }

    private func expectSilentSuccess(
        _ result: ProgramResult, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(
            result == ProgramResult(exit: 0, stdout: "", stderr: ""),
            sourceLocation: sourceLocation)
    }
}
