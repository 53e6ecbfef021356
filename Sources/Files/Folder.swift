import CSystem
import Synchronization

/// Opens regular files below one folder, the root. No name opens anything else.
///
/// The name comes from another machine. This class goes through it one component at a time: so the
/// kernel never follows a link by itself, and no change made meanwhile can lead out of the root.
public final class Folder: Sendable {
    private static let spareCount = 4

    private let descriptor: Int32
    /// The root's own paths: a link with an absolute target may lead back into the root.
    private let paths: [[UInt8]]
    /// Descriptors kept in reserve: when clients have taken all others, a connected client still
    /// gets its file.
    private let spares = Mutex<[Int32]>([])

    /// Opens the root. Its path may hold links; they are followed.
    ///
    /// - Throws: `FileError` for `open` if there is no such folder or it is not readable.
    ///
    /// System call: `open(2)`.
    public init(_ path: String) throws(FileError) {
        descriptor = system_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        guard descriptor >= 0 else {
            let error = system_errno()
            let reason = Reason(errno: error)
            throw FileError(.open, path, error == ENOTDIR ? Reason("not a folder") : reason)
        }
        var paths: [[UInt8]] = []
        if let canonical = realpath(path, nil) {
            paths.append(Array(String(cString: canonical).utf8))
            free(canonical)
        }
        if path.utf8.first == slash { paths.append(Array(path.utf8)) }
        self.paths = paths
        keepSpares()
    }

    deinit {
        releaseSpares()
        close(descriptor)
    }

    /// Opens a regular file inside the root.
    ///
    /// Links are followed as long as they stay inside. A FIFO or a device is not opened, for that
    /// could block.
    ///
    /// - Parameter name: The path from the root: at most 4,096 bytes and 64 folders deep.
    /// - Throws: `FileError` for `open`, with a reason such as `no such file`, `not a regular
    ///   file`, `outside the root` or `permission denied`.
    ///
    /// System calls: `fstatat(2)`, `openat(2)`, `readlinkat(2)`.
    public func open(_ name: [UInt8]) throws(FileError) -> RegularFile {
        let shownName = String(decoding: name, as: UTF8.self)
        do {
            let (file, size) = try openWithSpares(name)
            return RegularFile(descriptor: file, name: shownName, size: size)
        } catch {
            throw FileError(.open, shownName, error)
        }
    }

    /// Opens a regular file inside the root by a name in UTF-8.
    ///
    /// - Throws: `FileError`, like `open` by bytes.
    public func open(_ name: String) throws(FileError) -> RegularFile {
        try open(Array(name.utf8))
    }

    private func openWithSpares(_ name: [UInt8]) throws(Reason) -> (descriptor: Int32, size: Int) {
        keepSpares()
        do throws(Reason) {
            var walk = FolderWalk(root: descriptor, paths: paths)
            return try walk.open(name)
        } catch {
            guard error.isOutOfDescriptors, releaseSpares() else { throw error }
            var walk = FolderWalk(root: descriptor, paths: paths)
            return try walk.open(name)
        }
    }

    /// Opens spare descriptors up to their number, as far as the system has any.
    private func keepSpares() {
        spares.withLock { spares in
            while spares.count < Self.spareCount {
                let spare = system_openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                guard spare >= 0 else { return }
                spares.append(spare)
            }
        }
    }

    /// Closes the spare descriptors; returns whether there were any.
    @discardableResult
    private func releaseSpares() -> Bool {
        spares.withLock { spares in
            for spare in spares { close(spare) }
            defer { spares = [] }
            return !spares.isEmpty
        }
    }
}
