import CSystem
import Testing

@testable import Files

@Suite struct FolderTests {
    private let outside: TemporaryFolder
    private let folder: Folder

    /// `secret` is beside the root, everything else is in it.
    init() throws {
        outside = try TemporaryFolder()
        try outside.put("secret", "secret")
        try outside.put("root2/near", "secret")
        try outside.put("root/notes.txt", "hello")
        try outside.put("root/a/b/deep", "deep")
        try outside.put("root/new\nline ä", "odd")
        try outside.put("root/...", "dots")
        folder = try Folder(outside("root"))
    }

    private func text(_ name: String) -> String {
        text(Array(name.utf8))
    }

    /// The file's text, or the reason of the error.
    private func text(_ name: [UInt8]) -> String {
        do {
            let file = try folder.open(name)
            var buffer = [UInt8](repeating: 0, count: file.size)
            let count = try file.read(into: &buffer, from: 0, count: buffer.count)
            return String(decoding: buffer[..<count], as: UTF8.self)
        } catch {
            return error.reason
        }
    }

    @Test func filesInsideAreOpened() {
        #expect(text("notes.txt") == "hello")
        #expect(text("a/b/deep") == "deep")
        #expect(text("./a/.././/a//b/./deep") == "deep")
        #expect(text("new\nline ä") == "odd")
        #expect(text("...") == "dots")
    }

    @Test(arguments: [
        "..", "../secret", "a/../../secret", "a/b/../../../secret", "/etc/passwd", "/",
        "//notes.txt",
        "./../root/notes.txt", "../root2/near",
    ]) func nothingOutsideIsOpened(name: String) {
        #expect(text(name) == "outside the root")
    }

    @Test(arguments: [
        "missing", "a/missing", "missing/../notes.txt", "notes.txt/", "notes.txt/.", "notes.txt/x",
        "notes.txt/../notes.txt", "\u{FF0E}\u{FF0E}/secret", "..\u{200B}/secret", "..%2fsecret",
        "..\\secret", "~", ".. /secret", "NOTES.TXT ",
    ]) func noNameMeansMoreThanItsBytes(name: String) {
        #expect(text(name) == "no such file")
    }

    @Test func oddBytesAreOnlyANameThatIsNotThere() {
        #expect(text([0xC0, 0xAE, 0xC0, 0xAE, 0x2F, 0x61]) == "no such file")
        #expect(text([0x2E, 0x2E, 0xC0, 0xAF, 0x61]) == "no such file")
        #expect(text([0xFF]) == "no such file")
    }

    @Test func namesThatCannotBeAreRefused() {
        #expect(text("") == "the name is empty")
        #expect(text("notes.txt\u{0}.jpg") == "the name holds a zero byte")
        #expect(text(String(repeating: "x", count: 5_000)) == "name too long")
        #expect(text(String(repeating: "x", count: 256)) == "name too long")
        #expect(text(String(repeating: "a/../", count: 800) + "notes.txt") == "hello")
    }

    @Test func depthIsLimited() throws {
        let deep = Array(repeating: "d", count: 65).joined(separator: "/")
        try outside.put("root/\(deep)/file", "bottom")
        #expect(text("\(deep)/file") == "too many folders deep")
        #expect(text("\(deep.dropFirst(2))/file") == "no such file")
        try outside.put("root/\(deep.dropFirst(2))/here", "here")
        #expect(text("\(deep.dropFirst(2))/here") == "here")
    }

    @Test(arguments: ["a", "a/", ".", "./", "a/b/..", "fifo", "fifo/", "socket-to-null"])
    func onlyRegularFilesAreOpened(name: String) throws {
        try #require(mkfifo(outside("root/fifo"), 0o666) == 0)
        try outside.link("root/socket-to-null", to: "fifo")
        #expect(text(name) == "not a regular file")
    }

    @Test func linksInsideAreFollowed() throws {
        try outside.link("root/link", to: "notes.txt")
        try outside.link("root/a/up", to: "../link")
        try outside.link("root/folder", to: "a/b/")
        try outside.link("root/absolute", to: outside("root/a/b/deep"))
        #expect(text("link") == "hello")
        #expect(text("a/up") == "hello")
        #expect(text("folder/deep") == "deep")
        #expect(text("folder/../b/deep") == "deep")
        #expect(text("absolute") == "deep")
        #expect(text("link/") == "no such file")
    }

    @Test func linksOutAreRefused() throws {
        try outside.link("root/out", to: "../secret")
        try outside.link("root/a/out", to: "../../secret")
        try outside.link("root/passwd", to: "/etc/passwd")
        try outside.link("root/near", to: outside("root2/near"))
        try outside.link("root/dotted", to: outside("root/../secret"))
        try outside.link("root/parent", to: "..")
        for name in ["out", "a/out", "passwd", "near", "dotted", "parent", "parent/secret"] {
            #expect(text(name) == "outside the root")
        }
    }

    @Test func circlesAndDanglingLinksEnd() throws {
        try outside.link("root/self", to: "self")
        try outside.link("root/ping", to: "pong")
        try outside.link("root/pong", to: "ping")
        try outside.link("root/dangling", to: "nowhere")
        #expect(text("self") == "too many links")
        #expect(text("ping") == "too many links")
        #expect(text("dangling") == "no such file")
    }

    @Test func fortyLinksAreFollowed() throws {
        try outside.link("root/link1", to: "notes.txt")
        for number in 2...41 {
            try outside.link("root/link\(number)", to: "link\(number - 1)")
        }
        #expect(text("link40") == "hello")
        #expect(text("link41") == "too many links")
    }

    @Test(.disabled(if: geteuid() == 0, "root may read everything"))
    func unreadableFilesAreRefused() throws {
        try outside.put("root/locked", "locked")
        try outside.setMode("root/locked", 0)
        #expect(text("locked") == "permission denied")
    }

    @Test func aMovedRootStaysTheRoot() throws {
        try #require(rename(outside("root"), outside("moved")) == 0)
        try outside.put("root/notes.txt", "impostor")
        #expect(text("notes.txt") == "hello")
    }

    @Test func descriptorsAreClosed() throws {
        for _ in 0..<5_000 {
            _ = text("a/b/deep")
            _ = text("a/b/missing")
            _ = text("a/b/../../../secret")
        }
        #expect(text("notes.txt") == "hello")
    }

    @Test func theRootMustBeAFolder() throws {
        let (file, missing) = (outside("secret"), outside("missing"))
        #expect(throws: FileError(.open, file, Reason("not a folder"))) { try Folder(file) }
        #expect(throws: FileError(.open, missing, Reason("no such file"))) { try Folder(missing) }
        try outside.link("to-root", to: "root")
        #expect(try Folder(outside("to-root")).open("notes.txt").size == 5)
    }

    @Test func errorsShowNoControlCharacters() {
        let error = FileError(.open, "a\n\u{1B}\u{85}\u{202E}\t\u{2067}ä", Reason("no such file"))
        #expect(
            error.description
                == #"cannot open 'a\u{A}\u{1B}\u{85}\u{202E}\u{9}\u{2067}ä': no such file"#)
    }
}
