import Foundation

/// A failure on the tests' side: the call, and the reason.
struct RawSocketError: Error, CustomStringConvertible {
    let operation: String
    let code: Int32
    let description: String

    /// Describes the failure of `operation` by `code`, the present errno if none is given.
    init(_ operation: String, _ code: Int32 = errno) {
        self.operation = operation
        self.code = code
        description = "\(operation): \(String(cString: strerror(code)))"
    }

    /// Describes a failure that no system call reported.
    init(_ operation: String, because reason: String) {
        self.operation = operation
        code = 0
        description = "\(operation): \(reason)"
    }
}
