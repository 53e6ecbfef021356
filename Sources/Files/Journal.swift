import CSystem

/// Keeps records in a file that survives a crash, a power cut and a full disk at any moment.
///
/// Records are only added. A record is on the disk when `append` returns. A crash may leave a last
/// line without its end: the next start repairs it and tells so. Any other damage is an error.
///
/// ```swift
/// var scores = Scores()
/// let journal = try Journal(in: "data", named: "journal") { try scores.apply($0) }
/// try journal.append("anna 3")
/// ```
public final class Journal {
    /// A message for the user about a repair at the start; nil if there was none.
    public private(set) var notice: String?

    private let path: String
    private let folder: PrivateFolder
    private let descriptor: Int32
    /// The length of the good part of the file, in bytes: all acknowledged records, and no more.
    private var length = 0
    /// Whether the file may be longer than that, because cutting it off has failed.
    private var hasRest = false

    /// Opens the journal, makes folder and file if they do not exist, and goes through its records.
    ///
    /// Folder and file are for their owner alone (0700 and 0600). The journal stays locked until it
    /// is dropped or the process ends, even by a crash.
    ///
    /// - Parameters:
    ///   - folder: The folder as the user named it; the folder above it must exist.
    ///   - name: The file's name in it, without a slash.
    ///   - record: Gets every record, in the order in which they were appended.
    /// - Throws: `FileError` if it cannot be opened or written, if another program has it open, if
    ///   others may look into the folder, if a line is damaged, or if `record` throws; the last two
    ///   errors hold the line's number and the reason.
    ///
    /// System calls: `mkdir(2)`, `openat(2)`, `flock(2)`, `read(2)`, `ftruncate(2)`, `fsync(2)`.
    public init(
        in folder: String, named name: String, replaying record: (String) throws -> Void
    ) throws(FileError) {
        precondition(!name.isEmpty && !name.utf8.contains(slash), "a name, not a path")
        do {
            self.folder = try PrivateFolder(folder, for: name)
        } catch {
            throw FileError(.open, folder, error)
        }
        path = folder.utf8.last == slash ? folder + name : "\(folder)/\(name)"
        do {
            descriptor = try Self.open(name, in: self.folder)
        } catch {
            throw FileError(.open, path, error)
        }
        let found: JournalReader.Findings
        do throws(Reason) {
            var reader = JournalReader(descriptor)
            found = try reader.replay(to: record)
        } catch {
            throw FileError(.read, path, error)
        }
        length = found.length
        notice = found.notice.map { "\(visible(path)): \($0)" }
        do throws(Reason) {
            // This also brings all replayed records to the disk. The program relies on them from
            // now on, but an earlier one may have been killed between writing and synchronizing
            // them.
            try cutOffRest()
            if length == 0 {
                // The folder comes first: if the disk has the first line, it also has the file's
                // name.
                try self.folder.synchronize()
                try write(JournalReader.header)
            } else if found.lacksEnd {
                try write([UInt8(ascii: "\n")])
            }
        } catch {
            throw FileError(.write, path, error)
        }
    }

    deinit {
        // To close it is not enough: a process that another thread is starting may have it open,
        // too.
        _ = system_unlock(descriptor)
        close(descriptor)
    }

    /// Adds a record; it is on the disk when this returns.
    ///
    /// - Parameter record: Up to 1 MiB of text without control characters.
    /// - Throws: `FileError` for `write`, such as `no space left on device`: the record is not in
    ///   the journal, and a later call may succeed again.
    ///
    /// System calls: `write(2)`, `fdatasync(2)`.
    public func append(_ record: String) throws(FileError) {
        try append([record])
    }

    /// Adds several records that belong together: after a crash all of them are there, or none.
    ///
    /// - Parameter records: Up to 1 MiB of text in all, without control characters.
    /// - Throws: `FileError` for `write`: none of them is in the journal. It throws, too, if
    ///   another program has changed or removed the file.
    ///
    /// System calls: `fstat(2)`, `write(2)`, `fdatasync(2)`.
    public func append(_ records: [String]) throws(FileError) {
        guard !records.isEmpty else { return }
        do {
            let line = try JournalLine.encode(records)
            if hasRest { try cutOffRest() }
            try checkIsUntouched()
            try write(line)
        } catch {
            throw FileError(.write, path, error)
        }
    }

    /// Opens the file and locks it before a byte of it is read.
    private static func open(_ name: String, in folder: PrivateFolder) throws(Reason) -> Int32 {
        // O_NONBLOCK: if it is a FIFO, the open does not wait for its other end.
        let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        let (descriptor, error) = retrying {
            system_create_at(folder.descriptor, name, flags, 0o600)
        }
        guard error != ELOOP else { throw Reason("is a link; give the folder of the file itself") }
        guard error == 0 else { throw Reason(errno: error) }
        do throws(Reason) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw Reason.ofLastCall }
            guard FileKind(status) == .regular else { throw Reason("not a regular file") }
            guard status.st_uid == geteuid() else { throw Reason("belongs to another user") }
            guard system_lock(descriptor) == 0 else {
                let error = system_errno()
                guard error == EWOULDBLOCK else { throw Reason(errno: error) }
                throw Reason("another program is using it; end that one, or give another folder")
            }
            guard fchmod(descriptor, 0o600) == 0 else { throw Reason.ofLastCall }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Checks that the next start will find a record that is added now.
    private func checkIsUntouched() throws(Reason) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .ofLastCall }
        guard status.st_nlink > 0 else {
            throw Reason("the file has been deleted or replaced; the program must be started again")
        }
        guard Int(status.st_size) == length else {
            throw Reason(
                "the file has been changed from outside; the program must be started again")
        }
    }

    /// Adds `line`, or leaves the file as it was.
    private func write(_ line: [UInt8]) throws(Reason) {
        do throws(Reason) {
            var done = 0
            while done < line.count {
                let rest = line[done...]
                let (count, error) = retrying {
                    rest.withUnsafeBytes { CSystem.write(descriptor, $0.baseAddress, $0.count) }
                }
                guard error == 0 else { throw Reason(errno: error) }
                done += count
            }
            try synchronize()
            length += line.count
        } catch {
            hasRest = true
            // Keep the first error; if this fails too, the next append tries it again.
            try? cutOffRest()
            throw error
        }
    }

    /// Cuts off the bytes after the last whole line.
    private func cutOffRest() throws(Reason) {
        let (_, error) = retrying { ftruncate(descriptor, off_t(length)) }
        guard error == 0 else { throw Reason(errno: error) }
        hasRest = false
        // A refused record must not come back after a power cut.
        try synchronize()
    }

    private func synchronize() throws(Reason) {
        let (_, error) = retrying { system_synchronize(descriptor) }
        guard error == 0 else { throw Reason(errno: error) }
    }
}
