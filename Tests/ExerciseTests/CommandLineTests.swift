import Foundation
import Testing

/// What holds for the arguments of every program.
struct CommandLineTests {
    /// Where servers run that keep something in the current folder.
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func theTableNamesEveryProgram() throws {
        #expect(try Command.namesInPackage == Command.all.map(\.name))
    }

    @Test(arguments: Command.withOptions)
    func helpShowsUsageAndEveryOption(command: Command) throws {
        let result = try run(command.name, ["--help"])
        #expect(result.exit == 0 && result.stderr.isEmpty)
        #expect(result.stdout.hasPrefix("\(command.usage)\n"))
        let lines = result.stdout.split(separator: "\n")
        let shown = lines.compactMap { line -> String? in
            guard line.hasPrefix("  -") else { return nil }
            return String(line.dropFirst(2).prefix { $0 != " " })
        }
        #expect(Set(shown) == Set(command.options + ["-h,", "--version"]))
        #expect(lines.allSatisfy { $0.count <= 80 })
        let example = lines.drop { $0 != "example:" }.dropFirst().first ?? ""
        #expect(example.hasPrefix("  swift run \(command.name)") && !example.contains("<"))
        // Whoever asks for help gets it, whatever else is wrong.
        #expect(try run(command.name, ["--zzz", "a", "b", "c", "d", "--help"]) == result)
        #expect(try run(command.name, ["-h"]) == result)
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
        for option in command.options where option.count > 5 {
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
        let flags = ["--listen", "--bare", "--plain", "-v", "-i"]
        for flag in flags where command.options.contains(flag) {
            try refuses(command, operands + [flag, flag], "\(flag) is given twice")
            try refuses(command, operands + ["\(flag)=1"], "\(flag) takes no value")
        }
        for option in command.options where !flags.contains(option) {
            if ["--register", "--login"].contains(option) { continue }
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
        // A client takes both or none; so does the server whose sheet wants both.
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
            #expect(
                server.standardError
                    == "\(command.name): listening on \(command.defaultHost):\(port)\n")
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
