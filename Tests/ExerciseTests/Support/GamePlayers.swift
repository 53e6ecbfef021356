import Testing

/// Runs a hangman-server on a port of 127.0.0.1 that the system chooses, without a pause if the
/// options name none.
@discardableResult
func withHangmanServer<Value>(
    _ options: [String] = [], descriptorLimit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Running, Int) throws -> Value
) throws -> Value {
    try withGameServer("hangman-server", options, descriptorLimit, sourceLocation, body)
}

/// Runs a tictactoe-server in the same way.
@discardableResult
func withTictactoeServer<Value>(
    _ options: [String] = [], descriptorLimit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Running, Int) throws -> Value
) throws -> Value {
    try withGameServer("tictactoe-server", options, descriptorLimit, sourceLocation, body)
}

private func withGameServer<Value>(
    _ name: String, _ options: [String], _ descriptorLimit: Int?,
    _ sourceLocation: SourceLocation, _ body: (Running, Int) throws -> Value
) throws -> Value {
    let pause = options.contains("--pause") ? [] : ["--pause", "0"]
    return try withProgram(
        name, ["127.0.0.1", "0"] + pause + options, descriptorLimit: descriptorLimit,
        sourceLocation: sourceLocation
    ) { try body($0, try $0.listeningPort()) }
}

/// Runs the client `name`, its input open, and hands over the server's side of its connection.
func withGameClient(
    _ name: String, _ arguments: [String] = [], _ body: (Running, RawClient) throws -> Void
) throws {
    let listener = try RawServer()
    try withProgram(name, ["127.0.0.1", "\(listener.port)", "--pause", "0"] + arguments) {
        try body($0, try listener.accept())
    }
}

extension RawClient {
    /// Connects to a game's server and sends the name; the answer must be a welcome.
    convenience init(playingAt port: Int, as name: String) throws {
        try self.init(port: port)
        try send("\(name)\n")
        try expectLines("Welcome \(name)")
    }

    /// Sends a line, and checks the lines that follow, as many as are given.
    func say(
        _ line: String, hearing lines: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try send(line + "\n")
        for line in lines { try expectLine(line, sourceLocation: sourceLocation) }
    }

    /// Checks the next lines.
    func expectLines(
        _ lines: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for line in lines { try expectLine(line, sourceLocation: sourceLocation) }
    }

    /// Checks that the stream ends here, in good order.
    func expectEnd(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let rest = String(decoding: try receiveToEnd(), as: UTF8.self)
        #expect(rest.isEmpty, sourceLocation: sourceLocation)
    }
}
