import CSystem
import Testing

@testable import Files

@Suite struct ReplacementFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func write(_ text: String, to name: String) throws {
        let file = try ReplacementFile(folder(name))
        try file.write(Array(text.utf8))
        try file.commit()
    }

    private func error(_ path: String) -> String? {
        do {
            _ = try ReplacementFile(path)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func aNewFileAppearsWhole() throws {
        let file = try ReplacementFile(folder("new"))
        try file.write(Array("one ".utf8))
        try file.write(Array("-two-".utf8)[1..<4])
        try file.write([])
        try file.write([4..<6, 0..<0, 0..<3], of: Array("abcdef".utf8))
        #expect(folder.text("new") == nil)
        #expect(folder.names.count == 1)
        try file.commit()
        #expect(folder.text("new") == "one twoefabc")
        #expect(folder.names == ["new"])
    }

    @Test func theOldFileStaysUntilTheEnd() throws {
        try folder.put("file", "old")
        do {
            let file = try ReplacementFile(folder("file"))
            try file.write(Array("new".utf8))
            #expect(folder.text("file") == "old")
            #expect(folder.names.count == 2)
        }
        #expect(folder.text("file") == "old")
        #expect(folder.names == ["file"])

        try write("new", to: "file")
        #expect(folder.text("file") == "new")
        #expect(folder.names == ["file"])
    }

    @Test func manyPartsAreWrittenInOrder() throws {
        let bytes = Array(String(repeating: "0123456789", count: 300).utf8)
        let file = try ReplacementFile(folder("parts"))
        // 1,500 parts of one byte: one system call takes 1,024.
        try file.write(stride(from: 0, to: 3_000, by: 2).map { $0..<($0 + 1) }, of: bytes)
        try file.commit()
        #expect(folder.text("parts") == String(repeating: "02468", count: 300))
    }

    @Test(arguments: [0o640, 0o600, 0o755, 0o666]) func theModeIsKept(mode: Int) throws {
        try folder.put("file", "old")
        try folder.setMode("file", mode)
        try write("new", to: "file")
        #expect(try folder.mode("file") == mode)
    }

    @Test func aNewFileObeysTheUmask() throws {
        // A program can read the umask only by setting it, and that would disturb other tests.
        try folder.put("made by another", "")
        try write("new", to: "file")
        #expect(try folder.mode("file") == folder.mode("made by another"))
    }

    @Test func aNewModeIsPrivateUntilTheEnd() throws {
        try folder.put("file", "old")
        try folder.setMode("file", 0o666)
        let file = try ReplacementFile(folder("file"))
        let name = try #require(folder.names.first { $0.hasSuffix(".part") })
        #expect(try folder.mode(name) == 0o600)
        file.discard()
        #expect(folder.names == ["file"])
    }

    @Test func linksAreFollowed() throws {
        try folder.put("sub/file", "old")
        try folder.link("link", to: "sub/second")
        try folder.link("sub/second", to: "file")
        try folder.link("dangling", to: folder("sub/created"))
        try write("new", to: "link")
        try write("made", to: "dangling")
        #expect(folder.text("sub/file") == "new")
        #expect(folder.text("sub/created") == "made")
        #expect(folder.names == ["dangling", "link", "sub"])
        var status = stat()
        #expect(lstat(folder("link"), &status) == 0 && FileKind(status) == .link)
        #expect(lstat(folder("sub/second"), &status) == 0 && FileKind(status) == .link)

        try folder.link("circle", to: "circle")
        #expect(error(folder("circle")) == "too many links")
    }

    @Test func whatIsNoRegularFileIsWritten() throws {
        let null = try ReplacementFile("/dev/null")
        try null.write(Array("gone".utf8))
        try null.commit()
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && FileKind(status) == .other)

        try #require(mkfifo(folder("fifo"), 0o600) == 0)
        let reading = system_open(folder("fifo"), O_RDONLY | O_NONBLOCK, 0)
        defer { close(reading) }
        try write("through", to: "fifo")
        var buffer = [UInt8](repeating: 0, count: 20)
        #expect(read(reading, &buffer, 20) == 7)
        #expect(buffer.starts(with: "through".utf8))
        #expect(folder.names == ["fifo"])
    }

    @Test func wrongTargetsAreRefused() throws {
        try folder.put("file", "old")
        #expect(error(folder.path) == "is a folder; give the name of a file in it")
        #expect(error("") == "the name is empty")
        #expect(error("a\u{0}b") == "the name holds a zero byte")
        #expect(error(folder("missing/file")) == "no such folder")
        #expect(error(folder("missing/")) == "no such folder")
        #expect(error(folder("file/x")) == "no such folder")
        #expect(error(folder(String(repeating: "x", count: 256))) == "name too long")
        #expect(folder.names == ["file"])
    }

    @Test func theLongestNameFits() throws {
        let name = String(repeating: "ä", count: 127) + "x"
        try write("new", to: name)
        #expect(folder.text(name) == "new")
        #expect(folder.names == [name])
    }

    @Test(.enabled(if: access("/dev/full", W_OK) == 0, "this system has no /dev/full"))
    func aFullDiskIsTold() throws {
        let file = try ReplacementFile("/dev/full")
        let error = #expect(throws: FileError.self) { try file.write([1, 2, 3]) }
        #expect(error?.description == "cannot write '/dev/full': no space left on device")
    }

    @Test func aTargetThatBecameAFolderIsTold() throws {
        try folder.put("file", "old")
        let file = try ReplacementFile(folder("file"))
        try #require(unlink(folder("file")) == 0)
        try #require(mkdir(folder("file"), 0o777) == 0)
        let error = #expect(throws: FileError.self) { try file.commit() }
        #expect(error?.reason == "is a folder; the old file is unchanged")
        #expect(folder.names == ["file"])
    }

    @Test(.disabled(if: geteuid() == 0, "root may write everything"))
    func aWriteProtectedFileIsNotReplaced() throws {
        try folder.put("file", "old")
        try folder.setMode("file", 0o444)
        #expect(error(folder("file")) == "permission denied")
        #expect(folder.text("file") == "old")
    }

    @Test func slotsForSignalsAreFreed() throws {
        // There are 64 for the whole process; other tests hold a few.
        for _ in 0..<100 {
            try write("new", to: "file")
            try ReplacementFile(folder("file")).discard()
        }
        #expect(folder.names == ["file"])
    }

    @Test(arguments: [SIGTERM, SIGHUP]) func aSignalLeavesNothingBeside(signal: Int32) async throws
    {
        try folder.put("file", "old")
        let path = folder("file")
        _ = await #expect(processExitsWith: .failure) { [path = path as String, signal] in
            ending_install(0)
            let file = try ReplacementFile(path)
            try file.write([1, 2, 3])
            kill(getpid(), signal)
            while true { pause() }
        }
        #expect(folder.text("file") == "old")
        #expect(folder.names == ["file"])
    }
}
