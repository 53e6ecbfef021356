import CSystem

/// What of a folder is copied for each program, and what is linked.
///
/// Files and folders are copied, the smallest first: what a program does to them, it does to its
/// copies. What does not fit into the limits any more, or is neither a file nor a folder, is a link.
public struct FolderPlan: Sendable {
    fileprivate let folder: String
    fileprivate let copied: [String]
    fileprivate let linked: [String]

    /// Looks at a folder, once for many programs, since it may be a large one.
    ///
    /// - Parameters:
    ///   - files: The most files and folders to copy.
    ///   - bytes: The most bytes to copy.
    ///
    /// System calls: `stat(2)`, `readdir(3)`.
    public init(of folder: String, files: Int = 200, bytes: Int = 4 << 20) {
        var left = FolderSize(files: files, bytes: bytes)
        var (copied, linked): ([String], [String]) = ([], [])
        let entries = (SystemFile.names(in: folder) ?? []).map { name in
            (name: name, size: FolderSize(of: "\(folder)/\(name)", limit: left))
        }
        for (name, size) in entries.sorted(by: { ($0.size, $0.name) < ($1.size, $1.name) }) {
            if size.fits(into: left) {
                left.files -= size.files
                left.bytes -= size.bytes
                copied.append(name)
            } else {
                linked.append(name)
            }
        }
        (self.folder, self.copied, self.linked) = (folder, copied, linked)
    }
}

extension ScratchFolder {
    /// Puts into it what another folder holds, so that a program finds there what it expects.
    ///
    /// Names that are there already stay; what can be neither copied nor linked is left out.
    ///
    /// System calls: `mkdir(2)`, `open(2)`, `read(2)`, `write(2)`, `symlink(2)`.
    public func fill(by plan: FolderPlan) {
        for name in plan.copied {
            FolderCopy.copy("\(plan.folder)/\(name)", to: "\(path)/\(name)")
        }
        for name in plan.linked {
            _ = symlink("\(plan.folder)/\(name)", "\(path)/\(name)")
        }
    }
}

/// The number of files and folders, and of their bytes.
private struct FolderSize: Comparable {
    var files: Int
    var bytes: Int

    init(files: Int, bytes: Int) {
        self.files = files
        self.bytes = bytes
    }

    /// The size of a file, or of a folder with all that is in it; once it is beyond the limit, it is
    /// not counted any further.
    ///
    /// A link to a file counts as the file. What cannot be copied is beyond any limit.
    init(of path: String, limit: FolderSize) {
        self.init(files: 1, bytes: 0)
        var status = stat()
        guard stat(path, &status) == 0 else {
            beyond()
            return
        }
        switch status.st_mode & mode_t(S_IFMT) {
        case mode_t(S_IFREG) where access(path, R_OK) == 0: bytes = Int(status.st_size)
        case mode_t(S_IFDIR) where lstat(path, &status) == 0 && !status.isLink:
            for name in SystemFile.names(in: path) ?? [] {
                add(FolderSize(inside: "\(path)/\(name)", limit: limit))
                if !fits(into: limit) { return }
            }
        default: beyond()
        }
    }

    /// The size of what is in a folder that is copied: links stay links.
    private init(inside path: String, limit: FolderSize) {
        var status = stat()
        if lstat(path, &status) == 0, status.isLink {
            self.init(files: 1, bytes: 0)
        } else {
            self.init(of: path, limit: limit)
        }
    }

    private mutating func beyond() { files = .max / 2 }

    private mutating func add(_ other: FolderSize) {
        files = min(files + other.files, .max / 2)
        bytes += other.bytes
    }

    func fits(into limit: FolderSize) -> Bool { files <= limit.files && bytes <= limit.bytes }

    static func < (one: FolderSize, other: FolderSize) -> Bool {
        (one.files, one.bytes) < (other.files, other.bytes)
    }
}

extension stat {
    fileprivate var isLink: Bool { st_mode & mode_t(S_IFMT) == mode_t(S_IFLNK) }
}

private enum FolderCopy {
    /// Copies a file, or a folder with all that is in it.
    static func copy(_ source: String, to target: String) {
        var status = stat()
        guard stat(source, &status) == 0 else { return }
        let mode = status.st_mode & 0o777
        guard status.st_mode & mode_t(S_IFMT) == mode_t(S_IFDIR) else {
            return copyFile(source, to: target, mode: mode)
        }
        guard mkdir(target, 0o700) == 0 else { return }
        for name in SystemFile.names(in: source) ?? [] {
            let inner = "\(source)/\(name)"
            if lstat(inner, &status) == 0, status.isLink {
                // A relative link would lead elsewhere.
                _ = symlink(inner, "\(target)/\(name)")
            } else {
                copy(inner, to: "\(target)/\(name)")
            }
        }
        _ = chmod(target, mode | 0o700)
    }

    private static func copyFile(_ source: String, to target: String, mode: mode_t) {
        // It may have become a pipe meanwhile.
        let input = system_open(source, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0)
        guard input >= 0 else { return }
        defer { close(input) }
        let output = system_open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { return }
        defer { close(output) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(input, &buffer, buffer.count)
            if count < 0 && system_errno() == EINTR { continue }
            guard count > 0, write(output, buffer, count) == count else { break }
        }
        _ = fchmod(output, mode)
    }
}
