import Testing

/// Programming 2, Task 5.3: the client's errors about a wrong server.
struct TictactoeClientErrorTests {
    @Test(arguments: [
        (HostileServer.closesAtOnce, "the server closed the connection before the game ended"),
        (
            .closesInMidMessage(Array("Welc".utf8), after: 5),
            "'Welc' is no message of a tictactoe server"
        ),
        (
            says("Welcome anna\ninit@1 anna bob\n", thenCloses: true),
            "the server closed the connection before the game ended"
        ),
        (.silent, "no reply within 0.2 s; a server written without line ends may need --bare"),
        (
            .stallsInMidMessage(Array("Welc".utf8), after: 5),
            "only 4 bytes of a message came, and nothing more for 0.2 s"
                + "; with a --pause above 0 that is a message"
        ),
        (
            says("Welcome anna\ninit@1", thenCloses: false),
            "only 6 bytes of a message came, and nothing more for 0.2 s"
        ),
        (
            says("Welcome anna\nmove .........\n", thenCloses: false),
            "no reply within 0.2 s; a server written without line ends may need --bare"
        ),
        (.wrongProtocol, "'HTTP/1.1 400 Bad Request' is no message of a tictactoe server"),
        (
            says("Welcome anna\nmove XXXXXXXXXX\n", thenCloses: false),
            "'move XXXXXXXXXX' is no message of a tictactoe server"
        ),
    ])
    func theClientTellsWhatTheServerDidWrong(server: HostileServer, problem: String) throws {
        let limit = ["no reply", "only "].contains(where: problem.hasPrefix) ? "0.2" : "30"
        let result = try server.result(of: "tictactoe-client", input: "5\n") {
            ["127.0.0.1", "\($0)", "anna", "--pause", "0", "--timeout", limit]
        }
        #expect(result.exit == 1)
        #expect(result.stderr == "tictactoe-client: \(problem)\n")
    }

    @Test(arguments: [HostileServer.resetsAtOnce, .resetsInMidMessage([0x57], after: 5)])
    func theClientTellsOfAReset(server: HostileServer) throws {
        let result = try server.result(of: "tictactoe-client") {
            ["127.0.0.1", "\($0)", "anna", "--pause", "0"]
        }
        #expect(result.exit == 1 && result.stdout.isEmpty)
        expectResetReported(result.stderr, by: "tictactoe-client")
    }

    @Test func theClientTellsThatNobodyListens() throws {
        var port = 0
        let result = try HostileServer.resultWithNobodyListening(of: "tictactoe-client") {
            port = $0
            return ["127.0.0.1", "\($0)", "anna"]
        }
        #expect(result == ProgramResult.refused("tictactoe-client", port: port))
    }
}

/// A server that sends `text` after the name.
private func says(_ text: String, thenCloses closes: Bool) -> HostileServer {
    HostileServer("says '\(text)'") { connection in
        _ = try connection.receive(exactly: 5)
        try connection.send(text)
        if closes { connection.shutdownSending() }
        _ = try? connection.receiveToEnd()
    }
}
