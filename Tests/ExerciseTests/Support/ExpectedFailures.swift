import Foundation
import Testing

extension ProgramResult {
    /// How the client `name` ends where nobody listens at 127.0.0.1:`port`.
    static func refused(_ name: String, port: Int) -> ProgramResult {
        ProgramResult(
            exit: 1, stdout: "",
            stderr: "\(name): cannot connect to 127.0.0.1:\(port): connection refused; "
                + "start the server first, and check the address and the port\n")
    }
}

/// Checks the line about a reset. Which call finds it depends on when it comes.
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
