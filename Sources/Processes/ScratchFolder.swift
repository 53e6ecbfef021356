import CSystem
import Synchronization

/// A folder for one program, which is removed with everything in it.
///
/// The program may have filled it, closed it to everyone, moved it or removed it. No link is
/// followed: what lies outside stays, even if the program has put a link in the folder's place.
public final class ScratchFolder: Sendable {
    /// Its path behind all links.
    public let path: String
    /// The folder itself, wherever it is moved.
    private let descriptor: Mutex<Int32>

    /// Makes an empty folder under `TMPDIR`, or `/tmp`.
    ///
    /// - Throws: `ProcessError` for `folder`.
    ///
    /// C function: `mkdtemp(3)`.
    public init(_ name: String = "socket-labs") throws(ProcessError) {
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(place)/\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil, let real = realpath(&template, nil) else {
            throw ProcessError(.folder, place, code: system_errno())
        }
        path = String(cString: real)
        free(real)
        let opened = system_open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
        guard opened >= 0 else {
            let code = system_errno()
            _ = rmdir(path)
            throw ProcessError(.folder, place, code: code)
        }
        descriptor = Mutex(opened)
    }

    deinit {
        remove()
    }

    /// Removes it with everything in it; end the program first. Once is enough.
    ///
    /// - Returns: Whether nothing is left.
    ///
    /// System calls: `unlinkat(2)`, `renameat(2)`.
    @discardableResult
    public func remove() -> Bool {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return true }
            Self.empty(descriptor)
            // It is where the program has moved it, as far as the system tells.
            if let place = SystemFile.link("/proc/self/fd/\(descriptor)"), place != path {
                _ = rmdir(place)
            }
            close(descriptor)
            descriptor = -1
            return removeWhatStandsThere()
        }
    }

    /// Removes what is at the path now: the folder, or what the program has put in its place.
    private func removeWhatStandsThere() -> Bool {
        if rmdir(path) == 0 || unlink(path) == 0 { return true }
        let replaced = system_open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
        if replaced >= 0 {
            Self.empty(replaced)
            close(replaced)
        }
        return rmdir(path) == 0 || system_errno() == ENOENT
    }

    /// Removes everything in a folder.
    ///
    /// It never goes deeper than one folder below: what lies deeper is moved up first. So a program
    /// that has nested folders without end costs neither descriptors nor memory.
    private static func empty(_ folder: Int32) {
        _ = fchmod(folder, 0o700)
        var moved = 0
        var wasBusy = true
        // Names that a full listing leaves cannot be removed.
        while wasBusy {
            wasBusy = false
            for name in names(in: folder) {
                if unlinkat(folder, name, 0) == 0 || unlinkat(folder, name, AT_REMOVEDIR) == 0 {
                    wasBusy = true
                    continue
                }
                guard let inner = openFolder(name, in: folder) else { continue }
                for deeper in names(in: inner) {
                    if unlinkat(inner, deeper, 0) == 0 { continue }
                    if unlinkat(inner, deeper, AT_REMOVEDIR) == 0 { continue }
                    if let opened = openFolder(deeper, in: inner) { close(opened) }
                    while faccessat(folder, "\(moved)", F_OK, AT_SYMLINK_NOFOLLOW) == 0 {
                        moved += 1
                    }
                    _ = renameat(inner, deeper, folder, "\(moved)")
                    moved += 1
                }
                close(inner)
                if unlinkat(folder, name, AT_REMOVEDIR) == 0 { wasBusy = true }
            }
        }
    }

    /// Opens a folder in `folder`, and lets its owner into it. No link is followed.
    private static func openFolder(_ name: [CChar], in folder: Int32) -> Int32? {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
            status.st_mode & mode_t(S_IFMT) == mode_t(S_IFDIR)
        else { return nil }
        // Without the right to read it, it cannot be opened. Nobody can put a link there now: the
        // program has ended.
        _ = fchmodat(folder, name, 0o700, 0)
        let opened = system_openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        return opened < 0 ? nil : opened
    }

    /// The names in a folder as the system has them, in any encoding.
    private static func names(in folder: Int32) -> [[CChar]] {
        let copy = system_openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return [] }
        guard let handle = fdopendir(copy) else {
            close(copy)
            return []
        }
        defer { closedir(handle) }
        var names: [[CChar]] = []
        // So many at once: a full folder shall not fill the memory.
        while names.count < 4_096, let name = system_next_name(handle) {
            names.append(Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1)))
        }
        return names
    }
}
