import Testing

/// Runs a select-server on a port of 127.0.0.1 that the system chooses.
@discardableResult
func withSelectServer<Value>(
    _ options: [String] = [], descriptorLimit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Running, Int) throws -> Value
) throws -> Value {
    try withProgram(
        "select-server", ["127.0.0.1", "0"] + options, descriptorLimit: descriptorLimit,
        sourceLocation: sourceLocation
    ) { try body($0, try $0.listeningPort()) }
}

extension RawClient {
    /// Sends a message to a select-server and checks the two bytes of the answer.
    func expectOK(to message: String) throws {
        try send(message)
        let reply = try receive(exactly: 2)
        #expect(reply == [0x4F, 0x4B])
    }
}
