import Testing

/// Runs a client on a terminal, and hands over the server that it is to connect to.
///
/// - Parameter arguments: What follows the address.
func withTerminal(
    _ program: String, _ arguments: [String] = [], _ body: (Running, RawServer) throws -> Void
) throws {
    let listener = try RawServer()
    let address = ["127.0.0.1", "\(listener.port)"]
    let command = [try BuiltPrograms.path(of: program)] + address + arguments
    try PythonPeer.with("terminal", ["80"] + command) { try body($0, listener) }
}

extension Running {
    /// Everything that a terminal has shown, its line ends as `\n`, and `W` where a row was wiped.
    var shown: String {
        standardOutput.replacing("\r\u{1B}[K", with: "W").replacing("\r\n", with: "\n")
    }
}

/// What the terminal's shell says of a program that has left the terminal as it should.
let leftWhole = "ended: terminal restored\n"
