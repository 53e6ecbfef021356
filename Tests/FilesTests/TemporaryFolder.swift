import Foundation
import Testing

/// A folder for one test; it is removed with all its files.
final class TemporaryFolder {
    let path: String

    /// Makes the folder.
    ///
    /// - Parameter isInMemory: Whether it shall be in memory, where a write needs no wait for the
    ///   disk, if the system has such a place.
    init(isInMemory: Bool = false) throws {
        let memory = "/dev/shm"
        let isThere = isInMemory && access(memory, W_OK) == 0
        path = (isThere ? memory : NSTemporaryDirectory()) + "/files-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of `name` in it.
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    func put(_ name: String, _ text: String) throws { try put(name, Array(text.utf8)) }

    func put(_ name: String, _ bytes: [UInt8]) throws {
        let file = self(name)
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try #require(FileManager.default.createFile(atPath: file, contents: Data(bytes)))
    }

    func text(_ name: String) -> String? {
        bytes(name).map { String(decoding: $0, as: UTF8.self) }
    }

    func bytes(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: self(name)).map { Array($0) }
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: self(name), withDestinationPath: target)
    }

    /// The names of all files in it, sorted, with hidden files.
    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: self(name))
        return try #require(attributes[.posixPermissions] as? Int)
    }

    func setMode(_ name: String, _ mode: Int) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: self(name))
    }
}
