import Testing

/// Practice 4, "Socket configuration".
struct SocketOptionsTests {
    /// The names are those of Python's `socket` module; most values differ from machine to machine.
    @Test func theTableHasEachLevelsOptions() throws {
        let result = try run("socket-options", [])
        #expect(result.exit == 0 && result.stderr.isEmpty)
        let rows = result.stdout.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows.allSatisfy { $0.count == 3 })
        #expect(Set(rows.map { $0[0] }) == ["SOL_SOCKET", "IPPROTO_IP", "IPPROTO_TCP"])
        #expect(rows.contains(["SOL_SOCKET", "SO_REUSEADDR", "0"]))
        #expect(rows.contains(["SOL_SOCKET", "SO_LINGER", "0,0"]))
        #expect(rows.contains(["IPPROTO_TCP", "TCP_NODELAY", "0"]))
    }

    @Test func whatIsSetIsShownAsTheKernelHasIt() throws {
        let result = try run(
            "socket-options",
            [
                "SO_REUSEADDR", "7", "IP_TTL", "5", "SO_LINGER", "1,3", "TCP_KEEPIDLE", "60",
                "SO_RCVBUF", "20000",
            ])
        #expect(result.exit == 0 && result.stderr.isEmpty)
        let lines = result.stdout.split(separator: "\n")
        #expect(lines.contains("SOL_SOCKET   SO_LINGER      1,3"))
        #expect(lines.contains("IPPROTO_IP   IP_TTL         5"))
        #expect(lines.contains("IPPROTO_TCP  TCP_KEEPIDLE   60"))
        // "All other integers turn it on": Linux then says 1, macOS 4.
        #expect(!lines.contains("SOL_SOCKET   SO_REUSEADDR   0"))
        // Linux doubles it, for its own bookkeeping.
        #expect(
            lines.contains("SOL_SOCKET   SO_RCVBUF      40000")
                || lines.contains("SOL_SOCKET   SO_RCVBUF      20000"))
    }

    @Test(arguments: [
        (["SO_NOTHING", "1"], "no option 'SO_NOTHING'; there are SO_TYPE SO_ERROR"),
        (["SO_REUSEADDR"], "missing value of SO_REUSEADDR\n"),
        (["IP_TTL", "much"], "IP_TTL: 'much' is not a number that fits\n"),
        (["IP_TTL", "2147483648"], "IP_TTL: '2147483648' is not a number that fits\n"),
        (["IP_TTL", "1,2"], "IP_TTL: '1,2' is not a number that fits\n"),
        (["SO_LINGER", "1"], "SO_LINGER: '1' is not 2 numbers, as in 1,3\n"),
        (["SO_LINGER", "1,"], "SO_LINGER: '1,' is not 2 numbers, as in 1,3\n"),
    ])
    func whatDoesNotFitIsWrongUsage(arguments: [String], problem: String) throws {
        let result = try run("socket-options", arguments)
        #expect(result.exit == 64 && result.stdout.isEmpty)
        #expect(result.stderr.hasPrefix("socket-options: \(problem)"))
    }

    @Test(arguments: [
        (["SO_REUSEADDR", "1", "IP_TTL", "300"], "cannot set IP_TTL to 300: invalid argument\n"),
        (["SO_TYPE", "1"], "cannot set SO_TYPE to 1: protocol not available\n"),
    ])
    func whatTheKernelRefusesIsToldByName(arguments: [String], problem: String) throws {
        #expect(
            try run("socket-options", arguments)
                == ProgramResult(exit: 1, stdout: "", stderr: "socket-options: \(problem)"))
    }
}
