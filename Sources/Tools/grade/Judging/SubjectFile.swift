import CSystem

/// Files in the folder of a program that is judged.
enum SubjectFile {
    /// More than a program may write.
    private static let limit = 64 << 20

    /// Writes a file that the program finds when it starts.
    ///
    /// System calls: `open(2)`, `write(2)`.
    @discardableResult
    static func write(_ bytes: [UInt8], to path: String) -> Bool {
        let descriptor = system_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                CSystem.write(
                    descriptor, buffer.baseAddress?.advanced(by: done), bytes.count - done)
            }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// The bytes of a file that the program may have written; `nil` if there is no regular file.
    ///
    /// System calls: `open(2)`, `fstat(2)`, `read(2)`.
    static func read(_ path: String) -> [UInt8]? {
        // What the program has made may be a pipe, or a link to somewhere else.
        let flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC
        let descriptor = system_open(path, flags, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & mode_t(S_IFMT) == mode_t(S_IFREG)
        else { return nil }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < limit {
            let count = CSystem.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}
