import Testing

/// The command lines of the guessing game's two programs.
struct GuessUsageTests {
    @Test(arguments: [
        ([], "missing <address> and <port>"),
        (["10000"], "missing <port> after '10000'"),
        (["127.0.0.1", "65536"], "<port>: '65536' is not a whole number from 0 to 65535"),
        (["127.0.0.1", "0", "1"], "unexpected argument '1'"),
        (
            ["127.0.0.1", "0", "--number", "0"],
            "--number: '0' is not a whole number from 1 to 100"
        ),
        (
            ["127.0.0.1", "0", "--number=101"],
            "--number: '101' is not a whole number from 1 to 100"
        ),
        (["127.0.0.1", "0", "--poller", "x"], "--poller: 'x' is none of select, poll, epoll"),
        (["127.0.0.1", "0", "--pause", "0"], "unknown option '--pause'"),
        (
            ["127.0.0.1", "0", "--layout", "i i"],
            "--layout: layout 'i i' does not suit this game, which needs one c (or 1s) and one "
                + "integer, like 'c i'"
        ),
        (
            ["127.0.0.1", "0", "--layout", "c k"],
            "--layout: unknown code 'k' in layout 'c k'; "
                + "codes are x c b B ? h H i I l L q Q f d s"
        ),
    ])
    func theServerRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError("guess-server", arguments, reason, usage: "[options] <address> <port>")
    }

    @Test(arguments: [
        ([], "missing <address> and <port>"),
        (["127.0.0.1"], "missing <port> after '127.0.0.1'"),
        (["127.0.0.1", "0"], "<port>: '0' is not a whole number from 1 to 65535"),
        (
            ["127.0.0.1", "1", "--delay", "5-1"],
            "--delay: '5-1' begins with the longer wait; write <min>-<max>"
        ),
        (["127.0.0.1", "1", "--timeout", "0"], "--timeout: '0' is too short; 0.001 is the least"),
        (["127.0.0.1", "1", "--layout", "c"], layoutProblem),
    ])
    func theClientRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError("guess-client", arguments, reason, usage: "[options] <address> <port>")
    }

    @Test func theDefaultsAreTheSheets() throws {
        let help = try run("guess-client", ["--help"])
        #expect(help.exit == 0 && help.stderr.isEmpty)
        #expect(help.stdout.contains("random (default 1-5)\n"))
        #expect(help.stdout.contains("(default 'c i')\n"))
        #expect(try run("guess-server", ["--help"]).stdout.contains("(default select)\n"))
        let version = try run("guess-server", ["--version"])
        #expect(version == ProgramResult(exit: 0, stdout: "guess-server 1.0.0\n", stderr: ""))
    }

    @Test func aPortInUseIsToldWithWhatToDo() throws {
        let holder = try RawServer()
        let result = try run("guess-server", ["127.0.0.1", "\(holder.port)"])
        let reason = """
            guess-server: cannot listen on 127.0.0.1:\(holder.port): address already in use; \
            end the program that has this port, or choose another port (0 lets the system choose)

            """
        #expect(result == ProgramResult(exit: 1, stdout: "", stderr: reason))
    }

    @Test(.requiresIPv6) func bothSpeakIPv6() throws {
        try withProgram("guess-server", ["::1", "0", "--number", "100"]) { server in
            let port = try server.listeningPort()
            #expect(server.standardError == "guess-server: listening on [::1]:\(port)\n")
            let client = try run("guess-client", ["::1", "\(port)", "--delay", "0"])
            #expect(client.exit == 0 && client.stdout.hasSuffix("\n= 100: You won\n"))
        }
    }
}

private let layoutProblem =
    "--layout: layout 'c' does not suit this game, which needs one c (or 1s) and one integer, "
    + "like 'c i'"
