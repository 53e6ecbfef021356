import Testing

/// Runs a chat-server on a port of 127.0.0.1 that the system chooses, without a pause if the
/// options name none.
@discardableResult
func withChatServer<Value>(
    _ options: [String] = [], descriptorLimit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Running, Int) throws -> Value
) throws -> Value {
    let pause = options.contains("--pause") ? [] : ["--pause", "0"]
    return try withProgram(
        "chat-server", ["127.0.0.1", "0"] + pause + options, descriptorLimit: descriptorLimit,
        sourceLocation: sourceLocation
    ) { try body($0, try $0.listeningPort()) }
}

extension RawClient {
    /// Joins the chat of `server`, and waits until the server has noticed.
    convenience init(joining server: Running, as name: String, receiveBuffer: Int32? = nil) throws {
        try self.init(port: try server.listeningPort(), receiveBuffer: receiveBuffer)
        try send(name + "\n")
        try server.waitForLine(containing: "\(name) joined")
    }

    /// Skips lines until `line` comes.
    func wait(for line: String) throws {
        while try receiveLine() != line {}
    }

    /// Checks the next line.
    func expectLine(
        _ line: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let received = try receiveLine()
        #expect(received == line, sourceLocation: sourceLocation)
    }
}

/// Runs a chat-client, its input open, and hands over the server's side of its connection.
func withChatClient(
    _ arguments: [String], _ body: (Running, RawClient) throws -> Void
) throws {
    let listener = try RawServer()
    let address = ["127.0.0.1", "\(listener.port)", "--pause", "0"]
    try withProgram("chat-client", address + arguments) { client in
        try body(client, try listener.accept())
    }
}
