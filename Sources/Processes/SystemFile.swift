import CSystem

/// A file in which the kernel tells something.
enum SystemFile {
    /// Its text; nil if there is none, or it may not be read.
    ///
    /// System calls: `open(2)`, `read(2)`.
    static func read(_ path: String) -> String? {
        let descriptor = system_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = CSystem.read(descriptor, &buffer, buffer.count)
            if count < 0 && system_errno() == EINTR { continue }
            if count < 0 { return nil }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    /// The names in a folder; nil if it may not be read.
    ///
    /// C functions: `opendir(3)`, `readdir(3)`.
    static func names(in folder: String) -> [String]? {
        guard let handle = opendir(folder) else { return nil }
        defer { closedir(handle) }
        var names: [String] = []
        while let name = system_next_name(handle) { names.append(String(cString: name)) }
        return names
    }

    /// Where a link leads; nil if it may not be read.
    ///
    /// System call: `readlink(2)`.
    static func link(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink(path, &buffer, buffer.count)
        guard count >= 0 else { return nil }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
