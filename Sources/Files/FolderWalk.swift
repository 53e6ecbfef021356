import CSystem

let slash = UInt8(ascii: "/")

/// Goes from the root to one file, one component at a time, and follows links itself.
struct FolderWalk: ~Copyable {
    private static let longestName = 4_096
    private static let deepest = 64
    private static let mostLinks = 40

    private let root: Int32
    private let paths: [[UInt8]]
    /// The open folders from the root to the current place; `..` goes back by one.
    private var folders: [Int32] = []
    /// The components that are left, the next one last.
    private var pending: [ArraySlice<UInt8>] = []
    private var linkCount = 0

    init(root: Int32, paths: [[UInt8]]) {
        self.root = root
        self.paths = paths
    }

    deinit {
        for folder in folders { close(folder) }
    }

    /// Opens the regular file that `name` stands for.
    ///
    /// - Returns: Its descriptor, which the caller closes, and its size in bytes.
    mutating func open(_ name: [UInt8]) throws(Reason) -> (descriptor: Int32, size: Int) {
        guard !name.isEmpty else { throw Reason("the name is empty") }
        guard name.count <= Self.longestName else { throw Reason("name too long") }
        guard !name.contains(0) else { throw Reason("the name holds a zero byte") }
        guard name.first != slash else { throw Reason("outside the root") }

        push(name[...])
        while let component = pending.popLast() {
            if component.elementsEqual(".".utf8) { continue }
            if component.elementsEqual("..".utf8) {
                guard let folder = folders.popLast() else { throw Reason("outside the root") }
                close(folder)
            } else if let file = try step(to: component.map(CChar.init(bitPattern:)) + [0]) {
                return file
            }
        }
        // The name ended at a folder.
        throw Reason("not a regular file")
    }

    private var here: Int32 { folders.last ?? root }

    /// Puts the components of a path before the components that are left.
    private mutating func push(_ path: ArraySlice<UInt8>) {
        // A slash at the end asks for a folder, as if a dot followed.
        if path.last == slash { pending.append([UInt8(ascii: ".")]) }
        pending += path.split(separator: slash).reversed()
    }

    /// Enters a folder, follows a link, or opens the file if it is the last component.
    private mutating func step(
        to component: [CChar]
    ) throws(Reason) -> (descriptor: Int32, size: Int)? {
        var status = stat()
        guard fstatat(here, component, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw .ofLastCall
        }
        switch FileKind(status) {
        case .folder: try enter(component)
        case .link: try follow(component)
        case .regular where pending.isEmpty: return try openFile(component)
        case .regular: throw Reason("no such file")
        case .other: throw Reason("not a regular file")
        }
        return nil
    }

    private mutating func enter(_ component: [CChar]) throws(Reason) {
        guard !pending.isEmpty else { throw Reason("not a regular file") }
        guard folders.count < Self.deepest else { throw Reason("too many folders deep") }
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let folder = system_openat(here, component, flags)
        guard folder >= 0 else { throw .ofLastCall }
        folders.append(folder)
    }

    private mutating func follow(_ component: [CChar]) throws(Reason) {
        linkCount += 1
        guard linkCount <= Self.mostLinks else { throw Reason("too many links") }
        var buffer = [CChar](repeating: 0, count: Self.longestName)
        let length = readlinkat(here, component, &buffer, buffer.count)
        guard length >= 0 else { throw .ofLastCall }
        guard length < buffer.count else { throw Reason("name too long") }
        let target = buffer[..<length].map(UInt8.init(bitPattern:))
        guard target.first == slash else { return push(target[...]) }

        guard let inside = pathInsideRoot(target) else { throw Reason("outside the root") }
        for folder in folders { close(folder) }
        folders = []
        push(inside)
    }

    /// Returns the rest of an absolute path that begins with a path of the root, else nil.
    private func pathInsideRoot(_ target: [UInt8]) -> ArraySlice<UInt8>? {
        for path in paths {
            let prefix = path.last == slash ? path : path + [slash]
            if target.starts(with: prefix) { return target[prefix.count...] }
        }
        return nil
    }

    private func openFile(_ component: [CChar]) throws(Reason) -> (descriptor: Int32, size: Int) {
        // The file may have become a FIFO or a link since it was looked at: hence O_NONBLOCK and
        // O_NOFOLLOW, and a second look.
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let file = system_openat(here, component, flags)
        guard file >= 0 else { throw .ofLastCall }
        var status = stat()
        guard fstat(file, &status) == 0, FileKind(status) == .regular else {
            close(file)
            throw Reason("not a regular file")
        }
        return (file, Int(status.st_size))
    }
}
