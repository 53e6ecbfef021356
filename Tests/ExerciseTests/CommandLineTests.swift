import Foundation
import Testing

/// Rules for the arguments of every program.
struct CommandLineTests {
    /// The folder for servers that keep files in the current folder.
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test(arguments: Command.withOptions)
    func helpShowsUsageAndAnExample(command: Command) throws {
        let result = try run(command.name, ["--help"])
        #expect(result.exit == 0 && result.stderr.isEmpty)
        #expect(result.stdout.hasPrefix("\(command.usage)\n"))
        let lines = result.stdout.split(separator: "\n")
        for common in ["  -h, --help ", "  --version "] {
            #expect(lines.contains { $0.hasPrefix(common) })
        }
        #expect(lines.allSatisfy { $0.count <= 80 })
        let example = lines.drop { $0 != "example:" }.dropFirst().first ?? ""
        #expect(example.hasPrefix("  swift run \(command.name)") && !example.contains("<"))
        // `--help` shows the help even if another argument is wrong.
        #expect(try run(command.name, ["--zzz", "a", "b", "c", "d", "--help"]) == result)
        #expect(try run(command.name, ["-h"]) == result)
    }

    /// The options that all programs of a kind have, or lack.
    @Test(arguments: Command.withOptions)
    func commonOptionsAreThere(command: Command) {
        let silent = ["host-info", "socket-options", "socket-timeouts", "grade"]
        #expect(command.flags.contains("-v") != silent.contains(command.name))
        // These servers wait for no rest of a message.
        let patient = ["select-server", "udp-server", "datetime-server"]
        if command.role != .tool {
            #expect(command.options.contains("--timeout") != patient.contains(command.name))
        }
    }

    @Test(arguments: Command.servers + Command.clients)
    func operandsAreAddressAndPort(command: Command) throws {
        if command.name == "file-client" { return }
        if let port = command.defaults.port {
            #expect(try run(command.name, ["--help"]).stdout.contains("(default \(port))"))
        }
        let isRequired = command.name == "guess-server" || !command.isServer
        let both = isRequired ? "<address> <port>" : "[<address>] <port>"
        let form = command.defaults.port == nil ? both : "[\(both)"
        #expect(command.operands.hasPrefix(form))
    }

    /// The book names every option, in the exercise's section or among the rules for all.
    @Test(arguments: Command.withOptions)
    func everyOptionStandsInTheBook(command: Command) throws {
        let book = try Package.text(of: "Exercises.md")
        let row = try #require(
            book.split(separator: "\n").first {
                $0.hasPrefix("|") && $0.contains("](#") && $0.contains("`\(command.name)`")
            })
        let title = row.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
        let sections = book.components(separatedBy: "\n## ").filter {
            $0.hasPrefix("\(title)\n") || $0.hasPrefix("Running the programs\n")
        }
        #expect(sections.count == 2)
        for option in command.options + command.flags {
            let isNamed = sections.contains { $0.contains(option) }
            #expect(isNamed, "\(option) is not in the section \(title)")
        }
    }

    @Test(arguments: Command.withOptions)
    func versionIsALine(command: Command) throws {
        #expect(
            try run(command.name, ["--version"])
                == ProgramResult(exit: 0, stdout: "\(command.name) 1.0.0\n", stderr: ""))
    }

    @Test(arguments: Command.withOptions)
    func anUnknownOptionIsWrongUsage(command: Command) throws {
        let operands = command.arguments(port: 1)
        for (option, nearest) in [
            ("--versoin", "--version"), ("--hlep", "--help"), ("-help", "--help"),
            ("--qqqqqqqqqqqq", nil), ("--qqqqqqqqqqqq=1", nil),
        ] {
            let spelling = option.prefix { $0 != "=" }
            let advice = nearest.map { "; did you mean '\($0)'?" } ?? ""
            try refuses(command, operands + [option], "unknown option '\(spelling)'\(advice)")
        }
        for option in command.options + command.flags where option.count > 5 {
            // Two letters swapped.
            var letters = Array(option)
            letters.swapAt(3, 4)
            let slip = String(letters)
            guard letters[3] != letters[4] else { continue }
            try refuses(
                command, [slip] + operands, "unknown option '\(slip)'; did you mean '\(option)'?")
        }
    }

    @Test(arguments: Command.withOptions)
    func anOptionNeedsItsValueAndComesOnce(command: Command) throws {
        let operands = command.arguments(port: 1)
        for flag in command.flags {
            try refuses(command, operands + [flag, flag], "\(flag) is given twice")
            try refuses(command, operands + ["\(flag)=1"], "\(flag) takes no value")
        }
        for option in command.options {
            let result = try run(command.name, operands + [option])
            #expect(result.exit == 64 && result.stdout.isEmpty)
            #expect(
                result.stderr.hasPrefix("\(command.name): \(option) needs a value: \(option) <"))
            try refuses(
                command, operands + [option, option],
                "\(option) needs a value; if '\(option)' is meant, write '\(option)=\(option)'")
        }
    }

    @Test(arguments: Command.withOptions)
    func aWaitIsANumberOfSeconds(command: Command) throws {
        for option in ["--timeout", "--pause", "--delay"] where command.options.contains(option) {
            for value in ["x", "", "-1", "1e3", "inf", "1000001", "0x1"] {
                let result = try run(
                    command.name, command.arguments(port: 1) + ["\(option)=\(value)"])
                #expect(result.exit == 64 && result.stdout.isEmpty, "\(option)=\(value)")
                #expect(result.stderr.hasPrefix("\(command.name): \(option): "))
            }
        }
    }

    @Test(arguments: Command.servers + Command.clients)
    func missingOperandsAreWrongUsage(command: Command) throws {
        if command.name == "file-client" {
            try refuses(command, [], "missing <server>:<port>:<name>")
            try refuses(command, ["localhost:1:a"], "missing <local name>")
        } else if command.operands.hasPrefix("<address> <port>") {
            try refuses(command, [], "missing <address> and <port>")
        } else if command.operands == "[<address>] <port>" {
            try refuses(command, [], "missing <port>")
        }
        // A client takes both or none; so does the server of a sheet that wants both.
        if !command.isServer && command.name != "file-client" || command.name == "guess-server" {
            try refuses(command, ["localhost"], "missing <port> after 'localhost'")
        }
    }

    @Test(arguments: Command.withOptions)
    func tooManyOperandsAreWrongUsage(command: Command) throws {
        guard !command.operands.contains("...") else { return }
        var operands = command.arguments(port: 1)
        if command.name == "chat-client" { operands = ["127.0.0.1", "1", "anna"] }
        try refuses(command, operands + ["excess"], "unexpected argument 'excess'")
    }

    @Test(arguments: Command.servers + Command.clients)
    func aPortIsAWholeNumberInItsRange(command: Command) throws {
        guard command.name != "file-client" else { return }
        let least = command.isServer ? 0 : 1
        let bad = ["65536", "-1", "x", "", "1.5", "+5", "0x10", "99999999999999999999", "１"]
        for port in bad + (command.isServer ? [] : ["0"]) {
            let problem = "<port>: '\(port)' is not a whole number from \(least) to 65535"
            try refuses(command, ["127.0.0.1", port] + command.rest, problem)
            // One argument is the port.
            if command.isServer, command.name != "guess-server" {
                try refuses(command, [port], problem)
            }
        }
        try refuses(command, ["", "1"] + command.rest, "<address>: it is empty")
    }

    @Test(arguments: Command.servers + Command.clients)
    func twoMinusSignsEndTheOptions(command: Command) throws {
        if command.name == "file-client" {
            try refuses(
                command, ["--", "--help", "-v"],
                "'--help' is not of the form <server>:<port>:<name>, as in localhost:12000:a.txt")
        } else {
            let least = command.isServer ? 0 : 1
            try refuses(
                command, ["--", "127.0.0.1", "--help"],
                "<port>: '--help' is not a whole number from \(least) to 65535")
        }
    }

    @Test(arguments: Command.servers)
    func optionsMayStandAnywhere(command: Command) throws {
        for arguments in [
            ["-v", "127.0.0.1", "0"], ["127.0.0.1", "-v", "0"], ["127.0.0.1", "0", "-v"],
            ["-v", "--", "127.0.0.1", "0"], ["127.0.0.1", "--", "0"], ["localhost", "0"],
        ] {
            try withProgram(command.name, arguments, folder: folder.path) { server in
                let port = try server.listeningPort()
                #expect(
                    server.standardError == "\(command.name): listening on 127.0.0.1:\(port)\n")
            }
        }
    }

    @Test(arguments: Command.servers)
    func withoutAnAddressItListensWhereTheSheetDoes(command: Command) throws {
        guard command.name != "guess-server" else { return }
        try withProgram(command.name, ["0"], folder: folder.path) { server in
            let port = try server.listeningPort()
            let host = command.defaults.host == "localhost" ? "127.0.0.1" : command.defaults.host
            #expect(
                server.standardError
                    == "\(command.name): listening on \(host):\(port)\n")
        }
    }

    /// Expects 64, nothing on standard output, and the problem with the usage on standard error.
    private func refuses(_ command: Command, _ arguments: [String], _ problem: String) throws {
        #expect(
            try run(command.name, arguments)
                == ProgramResult(
                    exit: 64, stdout: "",
                    stderr: """
                        \(command.name): \(problem)
                        \(command.usage)
                        try '\(command.name) --help'

                        """))
    }
}
