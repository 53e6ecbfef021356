import CSystem

/// The system could not start a thread: why, and what to do about it.
public struct ThreadError: Error, Equatable, CustomStringConvertible, Sendable {
    /// The error number of `pthread_create(3)`.
    public let code: Int32

    /// Makes the error of a failed start.
    init(code: Int32) { self.code = code }

    /// The whole story in a line.
    public var description: String {
        let words = String(cString: strerror(code))
        let reason = words.prefix(1).lowercased() + words.dropFirst()
        guard code == EAGAIN else { return "cannot start a thread: \(reason)" }
        return "cannot start a thread: \(reason); "
            + "end some threads or programs, or raise the limit with 'ulimit -u'"
    }
}
