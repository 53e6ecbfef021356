import CSystem

/// The system could not start a thread: the reason, and a way out.
public struct ThreadError: Error, Equatable, CustomStringConvertible, Sendable {
    /// The error number of `pthread_create(3)`.
    public let code: Int32

    /// Makes the error of a failed start.
    init(code: Int32) { self.code = code }

    /// The error in one line.
    public var description: String {
        let words = String(cString: strerror(code))
        let reason = words.prefix(1).lowercased() + words.dropFirst()
        guard code == EAGAIN else { return "cannot start a thread: \(reason)" }
        return "cannot start a thread: \(reason); "
            + "end some threads or programs, or raise the limit with 'ulimit -u'"
    }
}
