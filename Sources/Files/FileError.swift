import CSystem

/// An error with a file: the operation that failed, and the reason.
///
/// Only the reason may go to another machine: it holds no path of this one.
public struct FileError: Error, CustomStringConvertible, Equatable, Sendable {
    /// The operation that failed.
    public enum Operation: String, Sendable { case open, read, write }

    /// The operation that failed.
    public let operation: Operation

    /// The given path or name; wrong UTF-8 is repaired.
    public let path: String

    /// Why it failed: `no such file`, `outside the root`, `no space left on device`.
    public let reason: String

    /// Makes an error that a program itself finds, such as a name that its protocol forbids.
    public init(_ operation: Operation, _ path: String, reason: String) {
        self.operation = operation
        self.path = path
        self.reason = reason
    }

    init(_ operation: Operation, _ path: String, _ reason: Reason) {
        self.init(operation, path, reason: reason.text)
    }

    /// `cannot open 'notes.txt': no such file`, the path's control characters made visible.
    public var description: String {
        "cannot \(operation.rawValue) '\(visible(path))': \(reason)"
    }
}

/// The reason of a failure, where the name for the error message is not known yet.
struct Reason: Error {
    let text: String
    /// Whether this process or the system has no descriptor left.
    let isOutOfDescriptors: Bool

    init(_ text: String) {
        self.text = text
        isOutOfDescriptors = false
    }

    /// Takes the system's words for an error number, to stand inside a sentence.
    init(errno error: Int32) {
        isOutOfDescriptors = error == EMFILE || error == ENFILE
        switch error {
        case ENOENT, ENOTDIR: text = "no such file"
        case EACCES, EPERM: text = "permission denied"
        case ENAMETOOLONG: text = "name too long"
        case ENXIO: text = "not a regular file"
        case ELOOP: text = "too many links"
        case EISDIR: text = "is a folder"
        default:
            let words = String(cString: strerror(error))
            text = words.prefix(1).lowercased() + words.dropFirst()
        }
    }

    /// Reads errno, so use it directly after the failed call.
    static var ofLastCall: Reason { Reason(errno: system_errno()) }
}

/// Escapes characters that could move a terminal's cursor: a name may come from another machine.
func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069:
            let hex = String(scalar.value, radix: 16, uppercase: true)
            result.append(contentsOf: "\\u{\(hex)}".unicodeScalars)
        default: result.append(scalar)
        }
    }
    return String(result)
}
