import Testing

/// Runs a calculator-server on a port of 127.0.0.1 that the system chooses.
@discardableResult
func withCalculatorServer<Value>(
    _ options: [String] = [], descriptorLimit: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Running, Int) throws -> Value
) throws -> Value {
    try withProgram(
        "calculator-server", ["127.0.0.1", "0"] + options, descriptorLimit: descriptorLimit,
        sourceLocation: sourceLocation
    ) { try body($0, try $0.listeningPort()) }
}

/// The sheet's nine bytes: two numbers and the operator.
func calculation(_ left: Int32, _ sign: String, _ right: Int32) -> [UInt8] {
    withUnsafeBytes(of: left) { Array($0) } + withUnsafeBytes(of: right) { Array($0) }
        + Array(sign.utf8)
}

extension RawClient {
    /// Sends a request and checks the line of the reply.
    func expect(_ reply: String, to left: Int32, _ sign: String, _ right: Int32) throws {
        try send(calculation(left, sign, right))
        let line = try receiveLine()
        #expect(line == reply)
    }
}
