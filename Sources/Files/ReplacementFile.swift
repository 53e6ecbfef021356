import CSystem

/// Writes a file that replaces the old one whole, or not at all.
///
/// The bytes go to a new file beside the target, and `commit()` renames it. Until then the old file
/// stays as it was. If the program ends before, even by SIGINT, SIGTERM or SIGHUP, the new file is
/// removed. A target that is no regular file, such as `/dev/null` or a terminal, is written
/// directly.
public final class ReplacementFile {
    private let path: String
    private let destination: Destination
    private var temporary: TemporaryFile?
    private var descriptor: Int32

    /// Opens a file for writing, following links to their target.
    ///
    /// The new file gets the old one's mode; without an old one, 0666 less the umask. A
    /// write-protected target is an error, though a rename could replace it. Opening a FIFO waits
    /// for its reader.
    ///
    /// - Parameter path: The target; it need not exist, but its folder must.
    /// - Throws: `FileError` for `write`.
    ///
    /// System calls: `stat(2)`, `open(2)`.
    public init(_ path: String) throws(FileError) {
        self.path = path
        do {
            destination = try Destination(path)
            switch destination {
            case .existing:
                descriptor = try Self.openExisting(path)
            case .replacement(let target, let old):
                let file = try TemporaryFile(beside: target, isPrivate: old != nil)
                descriptor = file.descriptor
                temporary = file
            }
        } catch {
            throw FileError(.write, path, error)
        }
    }

    deinit {
        discard()
    }

    /// Writes all of `bytes` after the bytes written before.
    ///
    /// - Throws: `FileError` for `write`; the old file is unchanged, the new one discarded.
    ///
    /// System call: `write(2)`.
    public func write(_ bytes: [UInt8]) throws(FileError) {
        try write([0..<bytes.count], of: bytes)
    }

    /// Writes a part of an array after the bytes written before.
    ///
    /// - Throws: `FileError` for `write`; the old file is unchanged, the new one discarded.
    ///
    /// System call: `write(2)`.
    public func write(_ bytes: ArraySlice<UInt8>) throws(FileError) {
        let error = bytes.withUnsafeBytes { writeAll([$0]) }
        try check(error)
    }

    /// Writes several parts of one array, one after another, without copying them together.
    ///
    /// - Parameters:
    ///   - ranges: The parts in the order in which they are to stand in the file.
    ///   - bytes: The array.
    /// - Throws: `FileError` for `write`; the old file is unchanged, the new one discarded.
    ///
    /// System call: `writev(2)`.
    public func write(_ ranges: [Range<Int>], of bytes: [UInt8]) throws(FileError) {
        let error = bytes.withUnsafeBytes { buffer in
            writeAll(ranges.map { UnsafeRawBufferPointer(rebasing: buffer[$0]) })
        }
        try check(error)
    }

    /// Puts the new file in the old one's place, with the old one's mode.
    ///
    /// - Throws: `FileError` for `write`; the old file is unchanged, the new one discarded.
    ///
    /// System calls: `fchmod(2)`, `close(2)`, `rename(2)`.
    public func commit() throws(FileError) {
        precondition(descriptor >= 0, "a file is committed once")
        if case .replacement(_, let old?) = destination {
            // Keep the owner if that is allowed. Set the mode after it, for fchown clears bits.
            // Drop the bits above 0777, as any write to the old file would.
            _ = fchown(descriptor, old.st_uid, old.st_gid)
            guard fchmod(descriptor, old.st_mode & 0o777) == 0 else {
                return try check(system_errno())
            }
        }
        let closing = close(descriptor)
        let error = closing == 0 ? 0 : system_errno()
        descriptor = -1
        // An interrupted close has closed. Some systems tell only here that the disk is full.
        if error != EINTR { try check(error) }
        if case .replacement(let target, _) = destination, let temporary {
            try check(temporary.rename(to: target))
        }
    }

    /// Removes the new file; the old one stays as it was.
    ///
    /// The object does the same if it is dropped without `commit()`.
    ///
    /// System call: `unlink(2)`.
    public func discard() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        temporary?.remove()
        temporary = nil
    }

    private static func openExisting(_ path: String) throws(Reason) -> Int32 {
        let (descriptor, error) = retrying {
            system_open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC, 0)
        }
        guard error == 0 else { throw Reason(errno: error) }
        var status = stat()
        // It may have become a regular file meanwhile, and a regular file is not written directly.
        guard fstat(descriptor, &status) == 0, FileKind(status) == .other else {
            close(descriptor)
            throw Reason("it has just been replaced; try again")
        }
        return descriptor
    }

    private func check(_ error: Int32) throws(FileError) {
        guard error != 0 else { return }
        discard()
        var text = Reason(errno: error).text
        if case .replacement(_, .some) = destination { text += "; the old file is unchanged" }
        throw FileError(.write, path, Reason(text))
    }

    /// Writes all of `parts`; returns 0 or the error number.
    private func writeAll(_ parts: [UnsafeRawBufferPointer]) -> Int32 {
        precondition(descriptor >= 0, "a file is written before it is committed")
        var rest = parts.filter { !$0.isEmpty }[...]
        while !rest.isEmpty {
            var vectors = rest.prefix(1_024).map {
                iovec(
                    iov_base: UnsafeMutableRawPointer(mutating: $0.baseAddress), iov_len: $0.count)
            }
            // A FIFO whose reader takes nothing must not hold up a program that is told to stop.
            if case .existing = destination, system_stop_descriptor() >= 0 {
                guard waitForRoom() else { return EINTR }
                // A FIFO that is ready takes so much without a wait.
                vectors = [vectors[0]]
                vectors[0].iov_len = min(vectors[0].iov_len, Int(PIPE_BUF))
            }
            var written = writev(descriptor, vectors, Int32(vectors.count))
            let error = written < 0 ? system_errno() : 0
            guard error == 0 || error == EINTR else { return error }
            written = max(written, 0)
            while let first = rest.first, written >= first.count {
                written -= first.count
                rest = rest.dropFirst()
            }
            if written > 0, let first = rest.first {
                rest[rest.startIndex] = UnsafeRawBufferPointer(rebasing: first[written...])
            }
        }
        return 0
    }

    /// Waits until the target takes bytes; false if the program is told to stop before.
    ///
    /// The signal may come just before a call that waits: only poll(2) notices it then, too.
    private func waitForRoom() -> Bool {
        var watched = [
            pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: system_stop_descriptor(), events: Int16(POLLIN), revents: 0),
        ]
        while poll(&watched, 2, -1) <= 0 {}
        return watched[0].revents != 0
    }
}
