import Foundation
import Testing

/// A program as its own `--help` describes it, for tests of all programs.
struct Command: Sendable, CustomTestStringConvertible {
    /// Its use of a port; a tool takes no operands `<address> <port>`.
    enum Role: Sendable { case server, datagramServer, client, datagramClient, tool }

    let name: String
    let role: Role
    /// Its operands, as in the usage line.
    let operands: String
    /// Its options, without `--help` and `--version`: first those with a value, then those without.
    let options: [String]
    let flags: [String]
    /// The operands after the port in `arguments(port:)`.
    let rest: [String]

    var testDescription: String { name }

    var isServer: Bool { role == .server || role == .datagramServer }
    var usage: String { "usage: \(name) [options]\(operands.isEmpty ? "" : " ")\(operands)" }

    /// Operands with which it starts.
    func arguments(port: Int) -> [String] {
        if name == "file-client" { return ["127.0.0.1:\(port):name", "/dev/null"] }
        if role == .tool { return rest }
        return ["127.0.0.1", "\(port)"] + rest
    }

    /// The default address and port of a program, from the sheets.
    var defaults: (host: String, port: Int?) {
        switch name.prefix(while: { $0 != "-" }) {
        case "select", "calculator", "chat": ("localhost", 10_000)
        case "echo": (isServer ? "0.0.0.0" : "localhost", 12_000)
        case "hello": ("localhost", 9_000)
        case "strftime", "threaded": ("localhost", 5_050)
        default: ("0.0.0.0", nil)
        }
    }

    /// Reads the output of `--help`.
    private init(_ name: String, help: String) {
        let lines = help.split(separator: "\n").map(String.init)
        let summary = lines.count > 1 ? lines[1] : ""
        let isDatagram = summary.contains("UDP") || summary.contains("atagram")
        self.name = name
        role =
            if help.contains("where to listen") {
                isDatagram ? .datagramServer : .server
            } else if help.contains("where the server is") || name == "file-client" {
                isDatagram ? .datagramClient : .client
            } else {
                .tool
            }
        let prefix = "usage: \(name) [options] "
        let usage = lines.first ?? ""
        operands = usage.hasPrefix(prefix) ? String(usage.dropFirst(prefix.count)) : ""
        // An option is in the first column of its table, before its value.
        let terms = lines.filter { $0.hasPrefix("  -") && !$0.hasPrefix("  -h, --help") }
            .map { $0.split(separator: " ", maxSplits: 2) }
            // `--` stands before an operand of grade.
            .filter { !["--version", "--"].contains($0[0]) }
        options = terms.filter { $0.count > 1 && $0[1].hasPrefix("<") }.map { String($0[0]) }
        flags = terms.map { String($0[0]) }.filter { [options] in !options.contains($0) }
        let example = lines.drop { $0 != "example:" }.dropFirst().first ?? ""
        let words = Self.words(example).dropFirst(3)
        // What follows `--` is no option, and so of no use to the tests of options.
        rest = Array(role == .tool ? words.prefix { $0 != "--" } : words.dropFirst(2))
    }

    /// Splits a command like a shell that knows only single quotes.
    private static func words(_ line: String) -> [String] {
        line.split(separator: "'", omittingEmptySubsequences: false).enumerated()
            .flatMap { index, part in
                index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
            }
    }

    /// Every program of the package, in its order.
    static let all = Package.programs.map { program in
        Command(program.name, help: (try? run(program.name, ["--help"]).stdout) ?? "")
    }

    /// All but `arguments`, which takes `--help` as a normal argument.
    static let withOptions = all.filter { $0.name != "arguments" }
    static let servers = all.filter(\.isServer)
    static let clients = all.filter { $0.role == .client || $0.role == .datagramClient }
}
