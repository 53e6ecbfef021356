import CSystem

/// Decides how a local name is written: directly, or by a new file that replaces the old one.
enum Destination {
    /// A device, a FIFO or a terminal: it is written directly, for it cannot be replaced.
    case existing
    /// A regular file. `path` is its path behind all links; `old` is the old file's status, if
    /// there is one.
    case replacement(path: String, old: stat?)

    init(_ path: String) throws(Reason) {
        guard !path.isEmpty else { throw Reason("the name is empty") }
        guard !path.utf8.contains(0) else { throw Reason("the name holds a zero byte") }

        var status = stat()
        guard stat(path, &status) == 0 else {
            let error = system_errno()
            guard error != ENOTDIR else { throw Reason("no such folder") }
            guard error == ENOENT else { throw Reason(errno: error) }
            let final = try Self.followLinks(path)
            guard final.utf8.last != slash else { throw Reason("no such folder") }
            self = .replacement(path: final, old: nil)
            return
        }
        switch FileKind(status) {
        case .folder: throw Reason("is a folder; give the name of a file in it")
        case .regular: self = .replacement(path: try Self.replaceable(path, status), old: status)
        case .link, .other: self = .existing
        }
    }

    /// Returns the path past all links of a regular file that the user may write.
    private static func replaceable(_ path: String, _ status: stat) throws(Reason) -> String {
        // A rename would replace even a write-protected file, and surprise its owner.
        guard access(path, W_OK) == 0 else { throw .ofLastCall }
        let final = try followLinks(path)
        var found = stat()
        guard lstat(final, &found) == 0, found.st_ino == status.st_ino,
            found.st_dev == status.st_dev
        else {
            // Such as /dev/stdout where standard output is a file that has been deleted.
            throw Reason("cannot be replaced; give the name of the file itself")
        }
        return final
    }

    /// Follows links at the last component, even a link whose target does not exist yet.
    private static func followLinks(_ path: String) throws(Reason) -> String {
        var path = path
        for _ in 0...40 {
            var buffer = [CChar](repeating: 0, count: 4_096)
            let length = readlink(path, &buffer, buffer.count)
            guard length >= 0 else { return path }
            guard length < buffer.count else { throw Reason("name too long") }
            let target = String(
                decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
            path = target.utf8.first == slash ? target : folder(of: path) + target
        }
        throw Reason("too many links")
    }

    /// Returns everything up to the last slash: `a/` of `a/b`, nothing of `b`.
    static func folder(of path: String) -> String {
        guard let last = path.utf8.lastIndex(of: slash) else { return "" }
        return String(path[...last])
    }
}
