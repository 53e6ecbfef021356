import CSystem

/// The lines of a text file that a person has written, such as a list of words.
///
/// Use `error(inLine:_:)` for a mistake in a line, so that all programs word it alike.
public struct TextFile {
    /// The lines in their order, the first with number 1, without `\n` or `\r\n` at their ends.
    public let lines: [String]

    private let name: String

    /// Divides the bytes of a file into lines.
    ///
    /// - Parameter name: The file's name in errors.
    /// - Throws: `FileError` for a line that is not UTF-8.
    public init(_ bytes: [UInt8], named name: String) throws(FileError) {
        self.name = name
        var lines: [String] = []
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            guard let text = String(validating: text, as: UTF8.self) else {
                throw Self.error(name, lines.count + 1, "not UTF-8")
            }
            lines.append(text)
        }
        self.lines = lines
    }

    /// Makes the error for a mistake: `cannot read 'words.txt': line 3: 'grüße' is not a word`.
    public func error(inLine number: Int, _ problem: String) -> FileError {
        Self.error(name, number, problem)
    }

    /// Makes the error for a file without anything useful: `no words in it`.
    public func error(_ problem: String) -> FileError { FileError(.read, name, reason: problem) }

    private static func error(_ name: String, _ number: Int, _ problem: String) -> FileError {
        FileError(.read, name, reason: "line \(number): \(problem)")
    }
}

/// Reads a whole text file that the user has named, such as a list of words.
///
/// The open does not wait. A FIFO or a device is refused, for it might never end. Links are
/// followed. The byte-order mark that some editors put at the beginning is left out.
///
/// - Parameters:
///   - path: The file as the user named it.
///   - limit: The largest size that is read, in bytes.
/// - Returns: Its bytes as they are, in any encoding.
/// - Throws: `FileError` for `read`, with a reason such as `no such file`, `is a folder`,
///   `not a regular file`, `permission denied` or `larger than 1048576 bytes`.
///
/// System calls: `open(2)`, `fstat(2)`, `pread(2)`.
public func readTextFile(_ path: String, upTo limit: Int = 1 << 20) throws(FileError) -> [UInt8] {
    precondition(limit >= 0 && limit < .max, "a limit is a number of bytes")
    let file = try openForReading(path)
    // It is too large already, so do not read it.
    guard file.size <= limit else { throw tooLarge(path, limit) }
    // Read one byte more than the limit: the file may be growing, and some files, such as those in
    // /proc, have the size 0 but hold bytes.
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    let count = try file.read(into: &bytes, from: 0, count: limit + 1)
    guard count <= limit else { throw tooLarge(path, limit) }
    bytes.removeSubrange(count...)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
}

private func openForReading(_ path: String) throws(FileError) -> RegularFile {
    guard !path.isEmpty else { throw FileError(.read, path, reason: "the name is empty") }
    guard !path.utf8.contains(0) else {
        throw FileError(.read, path, reason: "the name holds a zero byte")
    }
    let (descriptor, error) = retrying {
        system_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0)
    }
    guard error == 0 else { throw FileError(.read, path, Reason(errno: error)) }
    var status = stat()
    let found = fstat(descriptor, &status) == 0 ? FileKind(status) : .other
    guard found == .regular else {
        close(descriptor)
        let reason = found == .folder ? "is a folder" : "not a regular file"
        throw FileError(.read, path, reason: reason)
    }
    return RegularFile(descriptor: descriptor, name: path, size: Int(status.st_size))
}

private func tooLarge(_ path: String, _ limit: Int) -> FileError {
    FileError(.read, path, reason: "larger than \(limit) bytes")
}
