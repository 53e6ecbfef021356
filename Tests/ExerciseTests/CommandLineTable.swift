import Foundation
import Testing

/// A program as its command line presents it, for the tests that hold for every one.
struct Command: Sendable, CustomTestStringConvertible {
    /// What it does with a port; a tool takes no operands `<address> <port>`.
    enum Role: Sendable { case server, datagramServer, client, datagramClient, tool }

    let name: String
    let role: Role
    /// Its operands as the usage line shows them.
    let operands: String
    /// Its options, without `--help` and `--version`.
    let options: [String]
    /// What stands for the operands in `arguments(port:)` after the port.
    let rest: [String]
    /// What it reads before it connects.
    let input: String
    /// Where it listens unless an address is given.
    let defaultHost: String

    var testDescription: String { name }

    var isServer: Bool { role == .server || role == .datagramServer }
    var hasDefaultPort: Bool { operands.hasPrefix("[<address> <port>") || operands.hasPrefix("[[") }
    var usage: String { "usage: \(name) [options]\(operands.isEmpty ? "" : " ")\(operands)" }

    /// Operands with which it starts.
    func arguments(port: Int) -> [String] {
        if name == "file-client" { return ["127.0.0.1:\(port):name", "/dev/null"] }
        if role == .tool { return rest }
        return ["127.0.0.1", "\(port)"] + rest
    }

    private init(
        _ name: String, _ role: Role, _ operands: String, _ options: String, rest: [String] = [],
        input: String = "", host: String = "0.0.0.0"
    ) {
        self.name = name
        self.role = role
        self.operands = operands
        // A tool without messages has nothing to trace: its -v stands in its row.
        self.options =
            options.split(separator: " ").map { $0.count == 1 ? "-\($0)" : "--\($0)" }
            + (role == .tool ? [] : ["-v"])
        self.rest = rest
        self.input = input
        defaultHost = host
    }

    /// Every program of the package, sheet by sheet.
    static let all = [
        Command("select-server", .server, "[[<address>] <port>]", "", host: "127.0.0.1"),
        Command(
            "select-client", .client, "[<address> <port> [<message>...]]", "timeout",
            rest: ["hello"]),
        Command(
            "calculator-server", .server, "[[<address>] <port>]", "layout reply timeout poller",
            host: "127.0.0.1"),
        Command(
            "calculator-client", .client, "[<address> <port> [<expression>...]]",
            "delay seed layout reply timeout pause", rest: ["1 + 1"]),
        Command(
            "chat-server", .server, "[[<address>] <port>]", "timeout pause poller",
            host: "127.0.0.1"),
        Command(
            "chat-client", .client, "[<address> <port> [<name>]]", "listen timeout pause bare",
            rest: ["anna"]),
        Command(
            "guess-server", .server, "<address> <port>", "number seed layout timeout poller"),
        Command("guess-client", .client, "<address> <port>", "delay seed layout timeout"),
        Command("socket-options", .tool, "[<name> <value>...]", ""),
        Command("socket-timeouts", .tool, "", "delay seed"),
        Command("message-server", .server, "[<address>] <port>", "timeout"),
        Command("message-client", .client, "<address> <port> <text>", "timeout", rest: ["hello"]),
        Command("talk-server", .server, "[<address>] <port>", "timeout pause"),
        Command("talk-client", .client, "<address> <port>", "timeout pause bare"),
        Command("echo-server", .server, "[[<address>] <port>]", "timeout pause"),
        Command("echo-client", .client, "[<address> <port>]", "timeout pause", input: "hello\n"),
        Command(
            "sum-server", .server, "[<address>] <port>", "name number seed timeout pause poller"),
        Command(
            "sum-client", .client, "<address> <port>", "name number separator timeout pause",
            input: "Alice\n42\n"),
        Command("file-server", .server, "[<address>] <port>", "root timeout pause poller"),
        Command(
            "file-client", .client, "<server>:<port>:<name> <local name>", "plain timeout"),
        Command("arguments", .tool, "", ""),

        Command(
            "host-info", .tool, "[<name> [<service>]]", "", rest: ["localhost", "http"]),
        Command(
            "http-get", .tool, "<host>[:<port>] [<path>]", "i timeout v",
            rest: ["127.0.0.1:1", "/"]),
        Command(
            "hello-server", .server, "[[<address>] <port>]", "timeout pause poller",
            host: "127.0.0.1"),
        Command("hello-client", .client, "[<address> <port>]", "timeout pause"),
        Command(
            "strftime-server", .server, "[[<address>] <port>]", "at timeout pause",
            host: "127.0.0.1"),
        Command(
            "strftime-client", .client, "[<address> <port> [<format>...]]", "timeout pause bare",
            rest: ["%Y"]),
        Command(
            "threaded-server", .server, "[[<address>] <port>]", "at timeout pause",
            host: "127.0.0.1"),
        Command("count-threads", .tool, "", "delay seed v"),

        Command(
            "quiz-server", .server, "[<address>] <port>",
            "questions data seed timeout pause poller"),
        Command(
            "quiz-client", .client, "<address> <port> [<name> [<n>]]",
            "register login timeout pause bare", rest: ["anna", "5"]),
        Command(
            "hangman-server", .server, "[<address>] <port>",
            "words word misses seed timeout pause poller"),
        Command("hangman-client", .client, "<address> <port>", "timeout pause bare"),
        Command("tictactoe-server", .server, "[<address>] <port>", "timeout pause poller"),
        Command(
            "tictactoe-client", .client, "<address> <port> [<name>]", "timeout pause bare",
            rest: ["anna"]),

        Command("udp-server", .datagramServer, "[<address>] <port>", ""),
        Command(
            "udp-client", .datagramClient, "<address> <port> [<message>...]", "timeout",
            rest: ["hello"]),
        Command("datetime-server", .datagramServer, "[<address>] <port>", "at"),
        Command(
            "datetime-client", .datagramClient, "<address> <port>", "count delay seed timeout"),
        Command(
            "arithmetic-server", .server, "[<address>] <port>", "timeout pause poller greeting"),
        Command(
            "arithmetic-client", .client, "<address> <port> [<name>]", "timeout pause bare",
            rest: ["Alice"]),
        Command("chatroom-server", .server, "[<address>] <port>", "at timeout pause poller"),
        Command("chatroom-client", .client, "<address> <port>", "timeout pause bare"),
    ]

    /// All but `arguments`, to which `--help` is an argument like any other.
    static let withOptions = all.filter { $0.name != "arguments" }
    static let servers = all.filter(\.isServer)
    static let clients = all.filter { $0.role == .client || $0.role == .datagramClient }

    /// The names of the programs in Package.swift, in its order.
    static var namesInPackage: [String] {
        get throws {
            let folder = URL(fileURLWithPath: #filePath)
                .deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let text = try String(
                contentsOf: folder.appendingPathComponent("Package.swift"), encoding: .utf8)
            return text.components(separatedBy: "\n        program(").dropFirst().map { rest in
                String(rest.drop { $0 != "\"" }.dropFirst().prefix { $0 != "\"" })
            }
        }
    }
}
