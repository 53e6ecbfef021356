import CSystem
import Synchronization

/// Ends a program with its exit code, when the body given to `run` throws it.
///
/// It is thrown and not called, so that sockets and files close on the way out.
public struct Exit: Error, Equatable, Sendable {
    /// The exit code for the parent process, 0 to 255.
    public let code: UInt8

    /// The last line on standard error, if there is one.
    public let explanation: String?

    /// Makes an ending with `code`, and an `explanation` if the user needs one.
    public init(code: UInt8, _ explanation: String? = nil) {
        self.code = code
        self.explanation = explanation
    }

    static let success = Exit(code: 0)
    static let failure = Exit(code: 1)
    /// EX_USAGE of `sysexits.h`.
    static let usage = Exit(code: 64)
    /// The code that a shell reports for a program that SIGPIPE has ended: 128 + 13.
    static let outputClosed = Exit(code: 141)
}

/// Tells that the program was called in a way that it does not understand.
///
/// `run` shows it with the usage line and ends with 64. A body throws it for errors that only the
/// body can find, such as two options that exclude each other.
public struct UsageError: Error, CustomStringConvertible, Equatable, Sendable {
    /// The error in one line without a full stop; it names the argument.
    public let description: String

    /// Makes an error that says `description`.
    public init(_ description: String) {
        self.description = description
    }
}

/// Ends the process: the only way out of this module, besides a signal.
///
/// It also does the cleaning up that was noted for signals, for `exit` runs no `deinit`.
func end(_ ending: Exit) -> Never {
    ending_end_row()
    if let explanation = ending.explanation {
        diagnose(explanation)
    }
    tellDroppedDiagnostics()
    ending_clean_up()
    exit(Int32(ending.code))
}

/// Opens descriptors 0, 1 and 2 if the parent process has closed them.
///
/// Otherwise the first socket would become standard output. A closed input becomes an empty one,
/// and a closed standard error swallows everything. Writing to a closed output still fails, as it
/// should: descriptor 1 is opened only for reading.
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
