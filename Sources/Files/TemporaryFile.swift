import CSystem

/// A new file beside its later place. If a signal ends the process, the file is removed.
///
/// It has to be in the same folder: rename(2) works only within one file system.
final class TemporaryFile {
    let descriptor: Int32
    private let path: String
    private var slot: Int32

    /// Creates the file, under a name that nobody else can have guessed or opened.
    ///
    /// - Parameters:
    ///   - target: Its later path.
    ///   - isPrivate: Whether only the owner may open it for now; otherwise its mode is 0666 less
    ///     the umask.
    init(beside target: String, isPrivate: Bool) throws(Reason) {
        let folder = Destination.folder(of: target)
        let name = target.dropFirst(folder.count)
        for _ in 0..<8 {
            let path = folder + Self.name(for: name)
            // Note it before it exists, so that no signal can come between.
            let slot = ending_remove_file(path)
            guard slot >= 0 else { throw Reason("too many unfinished files") }
            let (descriptor, error) = retrying {
                system_open(
                    path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                    isPrivate ? 0o600 : 0o666)
            }
            if error == 0 {
                (self.path, self.slot, self.descriptor) = (path, slot, descriptor)
                return
            }
            ending_keep_file(slot)
            guard error == EEXIST else { throw Self.reason(error) }
        }
        throw Reason("no free name beside it")
    }

    /// Puts the file in its later place; returns 0 or the error number.
    func rename(to target: String) -> Int32 {
        guard CSystem.rename(path, target) == 0 else { return system_errno() }
        ending_keep_file(slot)
        slot = -1
        return 0
    }

    /// Removes the file unless it has been renamed.
    func remove() {
        guard slot >= 0 else { return }
        unlink(path)
        ending_keep_file(slot)
        slot = -1
    }

    private static func reason(_ error: Int32) -> Reason {
        switch error {
        case ENOENT, ENOTDIR: Reason("no such folder")
        case EACCES, EPERM, EROFS: Reason("no file can be created in its folder")
        default: Reason(errno: error)
        }
    }

    /// Returns `.notes.txt.0123456789abcdef.part`, at most 255 bytes.
    private static func name(for name: Substring) -> String {
        let hex = String(UInt64.random(in: .min ... .max), radix: 16)
        let digits = String(repeating: "0", count: 16 - hex.count) + hex
        // Whole characters only: some file systems refuse a name in wrong UTF-8.
        var kept = name
        while kept.utf8.count > 255 - ("..".utf8.count + 16 + ".part".utf8.count) {
            kept.removeLast()
        }
        return ".\(kept).\(digits).part"
    }
}
