import CSystem

/// How a program ended.
///
/// System call: `waitpid(2)`.
public enum Exit: Equatable, Sendable {
    /// It ended by itself, with this exit code, 0 to 255.
    case code(Int32)
    /// This signal ended it.
    case signal(Int32)

    /// Reads the status that the system gives.
    init(status: Int32) {
        let signal = system_status_signal(status)
        self = signal == 0 ? .code(system_status_code(status)) : .signal(signal)
    }
}

/// What was there at the end of a program, told by `ChildProcess.end(asking:)`.
public struct Ending: Equatable, Sendable {
    /// The names of the processes that still ran when the program itself had ended, and that did
    /// not end by themselves in the time allowed; sorted. They are killed.
    public let leftBehind: [String]
    /// Whether the program itself had to be killed, since it did not end when it was asked to.
    public let wasForced: Bool

    /// Describes an end; by default one with nothing left to do.
    public init(leftBehind: [String] = [], wasForced: Bool = false) {
        self.leftBehind = leftBehind
        self.wasForced = wasForced
    }
}
