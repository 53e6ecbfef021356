import Testing

/// Runs a chatroom-server on a port of 127.0.0.1 that the system chooses, at one minute past ten,
/// without a pause if the options name none.
@discardableResult
func withChatroomServer<Value>(
    _ options: [String] = [], timeZone: String = "UTC0", descriptorLimit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Running, Int) throws -> Value
) throws -> Value {
    let pause = options.contains("--pause") ? [] : ["--pause", "0"]
    return try withProgram(
        "chatroom-server", ["127.0.0.1", "0", "--at", "1795255260"] + pause + options,
        environment: ["TZ": timeZone], descriptorLimit: descriptorLimit,
        sourceLocation: sourceLocation
    ) { try body($0, try $0.listeningPort()) }
}

/// Runs a chatroom client, its input open, and hands over the server's side of its connection.
func withChatroomClient(
    _ options: [String] = [], _ body: (Running, RawClient) throws -> Void
) throws {
    let listener = try RawServer()
    let arguments = ["127.0.0.1", "\(listener.port)", "--pause", "0"] + options
    try withProgram("chatroom-client", arguments) { try body($0, try listener.accept()) }
}

extension RawClient {
    /// Enters the chatroom of `server` as its `count`th member, and waits for the line about it.
    convenience init(
        entering server: Running, as name: String, count: Int, receiveBuffer: Int32? = nil
    ) throws {
        try self.init(port: try server.listeningPort(), receiveBuffer: receiveBuffer)
        try send(name + "\n")
        try expectLine("Server: time=10.01 \(name) has joined. Member count=\(count)")
    }
}
