import Testing

/// Runs a client on a terminal, and hands over the server that the client connects to.
///
/// - Parameter arguments: The arguments after the address.
func withTerminal(
    _ program: String, _ arguments: [String] = [], _ body: (Running, RawServer) throws -> Void
) throws {
    let listener = try RawServer()
    let address = ["127.0.0.1", "\(listener.port)"]
    let command = [try BuiltPrograms.path(of: program)] + address + arguments
    try PythonPeer.with("terminal", ["80"] + command) { try body($0, listener) }
}

extension Running {
    /// The text that a terminal has shown, with `\n` as line end, and `W` for a wiped row.
    var shown: String {
        standardOutput.replacing("\r\u{1B}[K", with: "W").replacing("\r\n", with: "\n")
    }
}

/// The line of the terminal's shell about a program that has restored the terminal.
let leftWhole = "ended: terminal restored\n"
