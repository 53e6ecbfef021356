import Foundation
import Testing

extension ProgramResult {
    /// The end of the client `name` if nobody listens at 127.0.0.1:`port`.
    static func refused(_ name: String, port: Int) -> ProgramResult {
        ProgramResult(
            exit: 1, stdout: "",
            stderr: "\(name): cannot connect to 127.0.0.1:\(port): connection refused; "
                + "start the server first, and check the address and the port\n")
    }
}

/// Checks the line about a reset. It depends on the time of the reset which call finds it.
func expectResetReported(
    _ stderr: String, by name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    let calls = ["cannot connect to ", "cannot send to ", "cannot receive from "]
    let reasons = ["connection reset by peer", "broken pipe"]
    let isExpected = calls.contains { call in
        reasons.contains { reason in
            stderr.hasPrefix("\(name): \(call)127.0.0.1:")
                && stderr.hasSuffix(
                    ": \(reason); the other program ended, or closed before it had read "
                        + "everything\n")
        }
    }
    #expect(isExpected, "\(stderr)", sourceLocation: sourceLocation)
}

/// Checks that arguments are refused with 64, the reason, the usage line, and a hint.
func expectUsageError(
    _ name: String, _ arguments: [String], _ reason: String, usage: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let result = try run(name, arguments)
    let expected = ProgramResult(
        exit: 64, stdout: "",
        stderr: "\(name): \(reason)\nusage: \(name) \(usage)\ntry '\(name) --help'\n")
    #expect(result == expected, sourceLocation: sourceLocation)
}

/// Waits until `program` has written the last line of `expected`, and compares all its output up to
/// then.
func expectWritten(
    by program: Running, on stream: OutputStream = .standardOutput, _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let last = expected.dropLast().components(separatedBy: "\n").last ?? ""
    // Another line may be the same as the last one, or end like it.
    let times = expected.components(separatedBy: last + "\n").count - 1
    try program.waitForText(last + "\n", times: times, on: stream)
    let written = stream == .standardOutput ? program.standardOutput : program.standardError
    #expect(written == expected, sourceLocation: sourceLocation)
}
