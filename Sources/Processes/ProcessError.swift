import CSystem

/// The failure to start a program or to write to it: the task, the reason, and some advice.
public struct ProcessError: Error, Equatable, CustomStringConvertible, Sendable {
    /// The tasks that can fail.
    public enum Operation: Sendable {
        /// A program could not be started.
        case start
        /// The process that watches over the program could not be started.
        case keep
        /// This process could not make a pipe or a thread for the program.
        case prepare
        /// The program's standard input could not be written.
        case write
        /// The folder for the program could not be made.
        case folder
    }

    /// The task that failed.
    public let operation: Operation
    /// The program or the folder.
    public let name: String
    /// The `errno` of the call that failed.
    public let code: Int32
    /// Another reason than the words for `code`.
    private let reason: String?

    init(_ operation: Operation, _ name: String, code: Int32, because reason: String? = nil) {
        self.operation = operation
        self.name = name
        self.code = code
        self.reason = reason
    }

    /// Whether there is no such program: the command was mistyped, or is not installed.
    public var isNotFound: Bool { operation == .start && code == ENOENT }

    /// Whether the program did not read its input in the time allowed.
    public var isTimeout: Bool { code == ETIMEDOUT }

    /// The error in one line.
    public var description: String {
        "\(task): \(reason ?? Self.words(code))\(advice.map { "; \($0)" } ?? "")"
    }

    private var task: String {
        switch operation {
        case .start: "cannot start '\(name)'"
        case .keep: "cannot start the keeper of '\(name)'"
        case .prepare: "cannot prepare the start of '\(name)'"
        case .write: "cannot write to the standard input of '\(name)'"
        case .folder: "cannot make a folder in '\(name)'"
        }
    }

    private var advice: String? {
        if reason != nil { return nil }
        switch (operation, code) {
        case (.start, ENOENT) where name.utf8.contains(UInt8(ascii: "/")):
            return access(name, F_OK) == 0
                ? "the program that its first line names is missing" : "check the path"
        case (.start, ENOENT): return "check the name, install it, or give its path"
        case (.start, EACCES): return "make it executable with 'chmod +x'"
        case (.start, ENOEXEC): return "its first line must be '#!' and the path of a program"
        case (_, EAGAIN), (_, ENOMEM): return "end some programs, or raise the limit 'ulimit -u'"
        case (_, EMFILE), (_, ENFILE): return "raise the limit 'ulimit -n'"
        case (.folder, _): return "name another folder in TMPDIR"
        default: return nil
        }
    }

    private static func words(_ code: Int32) -> String {
        let words = String(cString: strerror(code))
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}
