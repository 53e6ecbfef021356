import CSystem

/// Reads a whole text file that the user has named, such as a list of words.
///
/// It is opened without waiting: a FIFO or a device, which might never end, is refused. Links are
/// followed. The byte-order mark that some editors put at the beginning is left out.
///
/// - Parameters:
///   - path: The file as the user named it.
///   - limit: The largest size that is read, in bytes.
/// - Returns: Its bytes as they are, whatever their encoding.
/// - Throws: `FileError` for `read`, with a reason such as `no such file`, `is a folder`,
///   `not a regular file`, `permission denied` or `larger than 1048576 bytes`.
///
/// System calls: `open(2)`, `fstat(2)`, `pread(2)`.
public func readTextFile(_ path: String, upTo limit: Int = 1 << 20) throws(FileError) -> [UInt8] {
    precondition(limit >= 0 && limit < .max, "a limit is a number of bytes")
    let file = try openForReading(path)
    // Larger already: it need not be read to be refused.
    guard file.size <= limit else { throw tooLarge(path, limit) }
    // One more, for it may be growing; and some files, such as those in /proc, call themselves empty.
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
