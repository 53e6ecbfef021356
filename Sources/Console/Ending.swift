import CSystem
import Synchronization

/// Ends a program with an exit code of its own choice, when the body given to `run` throws it.
///
/// Thrown rather than called, so that sockets and files close on the way out.
public struct Exit: Error, Equatable, Sendable {
    /// What the parent process gets, 0 to 255.
    public let code: UInt8

    /// What is told on standard error before the end, if anything.
    public let explanation: String?

    /// Makes an ending with `code`, telling nothing unless there is an `explanation`.
    public init(code: UInt8, _ explanation: String? = nil) {
        self.code = code
        self.explanation = explanation
    }

    static let success = Exit(code: 0)
    static let failure = Exit(code: 1)
    /// EX_USAGE of `sysexits.h`.
    static let usage = Exit(code: 64)
    /// What a shell reports of a program that SIGPIPE ended: 128 + 13.
    static let outputClosed = Exit(code: 141)
}

/// Tells that the program was called in a way that it does not understand.
///
/// `run` shows it with the usage line and ends with 64. A body throws it for what only it can
/// check, such as two options that exclude each other.
public struct UsageError: Error, CustomStringConvertible, Equatable, Sendable {
    /// What is wrong, naming the argument, in one line without a full stop.
    public let description: String

    /// Makes an error that says `description`.
    public init(_ description: String) {
        self.description = description
    }
}

/// Ends the process: the only way out of this module, besides a signal.
///
/// What is noted for a signal is done here too, for `exit` runs no `deinit`.
func end(_ ending: Exit) -> Never {
    ending_end_row()
    if let explanation = ending.explanation {
        diagnose(explanation)
    }
    tellDroppedDiagnostics()
    ending_clean_up()
    exit(Int32(ending.code))
}

/// Opens descriptors 0, 1 and 2 if whoever started the program closed them.
///
/// Else the first socket would become standard output. A closed input is an empty one, a closed
/// standard error swallows all, and writing to a closed output fails as it should: descriptor 1
/// is opened for reading only.
func replaceClosedDescriptors() {
    for descriptor: Int32 in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
        var status = stat()
        guard fstat(descriptor, &status) != 0, system_errno() == EBADF else { continue }
        let mode = descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY
        let opened = system_open("/dev/null", mode, 0)
        if opened >= 0, opened != descriptor {
            dup2(opened, descriptor)
            close(opened)
        }
    }
}

/// The name that stands before every diagnostic.
var currentProgramName: String {
    declaredName.withLock { $0 } ?? nameOfExecutable
}

/// Sets the name that stands before every diagnostic.
func declareProgramName(_ name: String) {
    declaredName.withLock { $0 = name }
}

private let declaredName = Mutex<String?>(nil)

private var nameOfExecutable: String {
    let path = CommandLine.arguments.first ?? ""
    return path.split(separator: "/").last.map(String.init) ?? "program"
}
