import Foundation

/// A folder for one test. It is removed, with all its files, when the test is over.
final class ScratchFolder {
    /// Its path behind all links, as a program would print its own folder.
    let path: String

    /// Makes an empty folder.
    ///
    /// System call: `mkdtemp(3)`.
    init() throws(RawSocketError) {
        var template = Array((NSTemporaryDirectory() + "/socket-labs-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil, let real = realpath(&template, nil) else {
            throw RawSocketError("mkdtemp")
        }
        path = String(cString: real)
        free(real)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of `name` in it.
    func path(of name: String) -> String { "\(path)/\(name)" }

    /// The names of all its files, sorted, with hidden files.
    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// Writes a file, and returns its path.
    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path(of: name)))
        return path(of: name)
    }

    /// Writes a file of text.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try write(name, Array(text.utf8))
    }

    /// Makes a file of `size` zero bytes that takes no room on the disk.
    @discardableResult
    func makeSparse(_ name: String, size: Int) throws -> String {
        let path = try write(name, [UInt8]())
        guard truncate(path, off_t(size)) == 0 else { throw RawSocketError("truncate") }
        return path
    }

    /// Makes a folder in it.
    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: path(of: name), withIntermediateDirectories: true)
    }

    /// Makes a link in it; the target is taken as it is.
    func link(_ name: String, to target: String) throws {
        guard symlink(target, path(of: name)) == 0 else { throw RawSocketError("symlink") }
    }

    /// Makes a FIFO in it.
    func makeFIFO(_ name: String) throws {
        guard mkfifo(path(of: name), 0o600) == 0 else { throw RawSocketError("mkfifo") }
    }

    /// A file's bytes.
    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(of: name))))
    }

    /// A file's permission bits.
    func mode(of name: String) throws -> mode_t {
        var status = stat()
        guard stat(path(of: name), &status) == 0 else { throw RawSocketError("stat") }
        return status.st_mode & 0o7777
    }

    /// Sets a file's permission bits.
    func setMode(of name: String, to mode: mode_t) throws {
        guard chmod(path(of: name), mode) == 0 else { throw RawSocketError("chmod") }
    }
}
