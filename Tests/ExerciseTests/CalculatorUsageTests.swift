import Testing

/// The command lines of the calculator's two programs.
struct CalculatorUsageTests {
    @Test(arguments: [
        (["127.0.0.1"], "missing <port> after '127.0.0.1'"),
        (
            ["127.0.0.1", "1", "12+30"],
            "'12+30' is no expression; it takes a number, an operator and a "
                + "number, with blanks between, as in '12 + 30'"
        ),
        (
            ["127.0.0.1", "1", "1.5 + 2"],
            "'1.5 + 2': 'i' takes an integer, not a floating number"
        ),
        (
            ["127.0.0.1", "1", "1 + 2147483648"],
            "'1 + 2147483648': 2147483648 does not fit 'i', which holds -2147483648 to 2147483647"
        ),
        (
            ["127.0.0.1", "1", "--layout", "i c"],
            "--layout: layout 'i c' does not suit a calculator, which needs two numbers and one c "
                + "(or 1s), like 'i i 1s'"
        ),
        (
            ["127.0.0.1", "1", "--reply", "c"],
            "--reply: layout 'c' has no number for the result; 'i' has one"
        ),
    ])
    func theClientRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError(
            "calculator-client", arguments, reason,
            usage: "[options] [<address> <port> [<expression>...]]")
    }

    @Test(arguments: [
        (["1", "2", "3"], "unexpected argument '3'"),
        (["0", "--pause", "0"], "unknown option '--pause'"),
        (["0", "--reply", "1s"], "--reply: layout '1s' has no number for the result; 'i' has one"),
    ])
    func theServerRefusesWhatItDoesNotKnow(arguments: [String], reason: String) throws {
        try expectUsageError(
            "calculator-server", arguments, reason, usage: "[options] [[<address>] <port>]")
    }

    @Test func theDefaultsAreTheSheets() throws {
        let help = try run("calculator-client", ["--help"]).stdout
        #expect(help.contains("random (default 2)\n") && help.contains("(default 'i i 1s')\n"))
        #expect(help.contains("localhost)\n") && help.contains("(default 10000)\n"))
        #expect(try run("calculator-server", ["--help"]).stdout.contains("(default select)\n"))
    }
}
