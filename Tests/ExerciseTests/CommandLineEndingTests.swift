import Foundation
import Testing

/// Rules for the end of every program: exit codes, signals, and a closed output.
struct CommandLineEndingTests {
    /// The folder for servers that keep files in the current folder.
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test(arguments: Command.servers)
    func aPortInUseIsToldWithAdvice(command: Command) throws {
        let stream = try RawServer()
        let datagram = try RawDatagramSocket()
        let port = command.role == .server ? stream.port : datagram.port
        #expect(
            try run(command.name, ["127.0.0.1", "\(port)"], folder: folder.path)
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "\(command.name): cannot listen on 127.0.0.1:\(port): "
                        + "address already in use; end the program that has this port, "
                        + "or choose another port (0 lets the system choose)\n"))
    }

    @Test(.disabled(if: maySeizeAnyPort, "any port may be taken here"), arguments: Command.servers)
    func aPortThatNeedsPrivilegesIsToldWithAdvice(command: Command) throws {
        #expect(
            try run(command.name, ["127.0.0.1", "80"], folder: folder.path)
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "\(command.name): cannot listen on 127.0.0.1:80: permission denied; "
                        + "ports below 1024 need privileges, choose one from 1024 to 65535\n"))
    }

    @Test(arguments: Command.servers)
    func anAddressOfAnotherMachineIsToldWithAdvice(command: Command) throws {
        // 192.0.2.0/24 is for documentation, RFC 5737: nobody has it.
        let result = try run(command.name, ["192.0.2.1", "0"], folder: folder.path)
        #expect(result.exit == 1 && result.stdout.isEmpty)
        #expect(
            result.stderr
                == "\(command.name): cannot listen on 192.0.2.1:0: "
                + "cannot assign requested address; "
                + "this machine has no such address, use 127.0.0.1 or 0.0.0.0\n")
    }

    @Test(arguments: Command.servers, [SIGINT, SIGTERM])
    func aSignalEndsAServerWithZero(command: Command, signal: Int32) throws {
        try withProgram(command.name, ["127.0.0.1", "0"], folder: folder.path) { server in
            let port = try server.listeningPort()
            // A port probe changes nothing, if the sheet shows no output for it.
            if command.role == .server { try RawClient(port: port).close() }
            if command.name == "echo-server" { try server.waitForLine(containing: "running") }
            server.signal(signal)
            #expect(try server.waitForExit() == 0)
            if command.name != "echo-server" {
                #expect(server.standardOutput.isEmpty)
                #expect(
                    server.standardError == "\(command.name): listening on 127.0.0.1:\(port)\n")
            }
        }
    }

    @Test(arguments: Command.clients, [SIGINT, SIGTERM])
    func aSignalEndsAClientWithItsNumber(command: Command, signal: Int32) throws {
        // It waits for no longer than a second, so it may have ended by itself.
        if command.name == "message-client" { return }
        let stream = try RawServer()
        let datagram = try RawDatagramSocket()
        let port = command.role == .client ? stream.port : datagram.port
        try withProgram(command.name, command.arguments(port: port)) { client in
            // Input for the clients that ask before they connect.
            try client.write("Alice\n42\n")
            let connection = command.role == .client ? try stream.accept() : nil
            if connection == nil { _ = try datagram.receive() }
            client.signal(signal)
            #expect(try client.waitForExit() == 128 + signal)
            #expect(client.standardError.isEmpty)
            connection?.close()
        }
    }

    @Test(arguments: Command.all)
    func anOutputThatHasGoneEndsItSilently(command: Command) throws {
        #expect(
            try result(of: command, ["--help"], output: noReader)
                == ProgramResult(exit: 141, stdout: "", stderr: ""))
        #expect(
            try result(of: command, ["--help"], output: "exec >&-")
                == ProgramResult(exit: 141, stdout: "", stderr: ""))
    }

    @Test(arguments: Command.all)
    func aFullDiskIsAFailure(command: Command) throws {
        #expect(
            try result(of: command, ["--help"], output: "exec >/dev/full")
                == ProgramResult(
                    exit: 1, stdout: "",
                    stderr: "\(command.name): cannot write to standard output: "
                        + "no space left on device\n"))
    }

    @Test(arguments: ["exec >&-", "exec >/dev/full"])
    func aServerEndsWithItsOutputAtWork(output: String) throws {
        let echo = try #require(Command.all.first { $0.name == "echo-server" })
        let result = try result(of: echo, ["127.0.0.1", "0"], output: output)
        #expect(result.exit == (output.contains("full") ? 1 : 141))
        // file-server prints only when a client comes.
        let file = try #require(Command.all.first { $0.name == "file-server" })
        try finishing(try start(file, ["127.0.0.1", "0"], output: output)) { server in
            try RawClient(port: server.listeningPort()).send([0, 0, 0, 1, 0x78])
            #expect(try server.waitForExit() == (output.contains("full") ? 1 : 141))
        }
    }

    @Test(arguments: Command.servers)
    func closedStandardStreamsAreNoSockets(command: Command) throws {
        // Otherwise the first socket would get the number of a standard stream.
        let server = try start(command, ["127.0.0.1", "0"], output: "exec <&-")
        try finishing(server) { server in
            if command.role == .server {
                try RawClient(port: server.listeningPort()).close()
            } else {
                _ = try server.listeningPort()
            }
            server.signal(SIGTERM)
            #expect(try server.waitForExit() == 0)
        }
    }

    /// Shell commands that make standard output a pipe that nobody reads.
    private let noReader = #"exec 4<>"$FIFO" 5>"$FIFO" 4>&-; exec >&5 5>&-"#

    /// Starts a program after a shell has run `output` for its standard streams.
    private func start(
        _ command: Command, _ arguments: [String], output: String, fifo: String = ""
    ) throws -> Running {
        let path = try BuiltPrograms.path(of: command.name)
        let script = output + #"; exec "$0" "$@""#
        return try Running(
            ["/bin/sh", "-c", script, path] + arguments, environment: ["FIFO": fifo],
            folder: folder.path)
    }

    private func result(
        of command: Command, _ arguments: [String], output: String
    ) throws -> ProgramResult {
        let folder = try ScratchFolder()
        try folder.makeFIFO("fifo")
        let program = try start(
            command, arguments, output: output, fifo: folder.path(of: "fifo"))
        return try finishing(program) { try $0.runToEnd() }
    }
}

/// Whether ports below 1024 need no privileges here: for root, and if the system allows it.
private let maySeizeAnyPort: Bool = {
    let path = "/proc/sys/net/ipv4/ip_unprivileged_port_start"
    let start = (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
        Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return geteuid() == 0 || (start ?? 1_024) <= 80
}()
