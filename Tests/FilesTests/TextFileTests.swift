import CSystem
import Testing

@testable import Files

@Suite struct TextFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func error(_ path: String, upTo limit: Int = 1 << 20) -> String? {
        do {
            _ = try readTextFile(path, upTo: limit)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func itIsReadAsItIs() throws {
        try folder.put("words", "one\r\ntwo\u{0}\nä")
        #expect(
            try readTextFile(folder("words")) == [
                0x6F, 0x6E, 0x65, 0x0D, 0x0A, 0x74, 0x77, 0x6F, 0x00, 0x0A, 0xC3, 0xA4,
            ])
        try folder.put("empty", "")
        #expect(try readTextFile(folder("empty")) == [])
        try folder.link("link", to: "words")
        #expect(try readTextFile(folder("link")).count == 12)
    }

    @Test func aByteOrderMarkIsLeftOut() throws {
        try folder.put("words", "\u{FEFF}one\u{FEFF}")
        #expect(try readTextFile(folder("words")) == [0x6F, 0x6E, 0x65, 0xEF, 0xBB, 0xBF])
    }

    @Test func theLimitIsTheLargestSize() throws {
        try folder.put("words", "12345")
        #expect(try readTextFile(folder("words"), upTo: 5) == [0x31, 0x32, 0x33, 0x34, 0x35])
        #expect(
            error(folder("words"), upTo: 4)
                == "cannot read '\(folder("words"))': larger than 4 bytes")
        try folder.put("large", String(repeating: "x", count: 1_048_576))
        #expect(try readTextFile(folder("large")).count == 1_048_576)
        try folder.put("large", String(repeating: "x", count: 1_048_577))
        #expect(error(folder("large"))?.hasSuffix("larger than 1048576 bytes") == true)
    }

    @Test(.enabled(if: access("/proc/self/status", R_OK) == 0, "this system has no /proc"))
    func aFileThatCallsItselfEmptyIsRead() throws {
        #expect(try readTextFile("/proc/self/status").starts(with: "Name:".utf8))
        #expect(
            error("/proc/self/status", upTo: 10)
                == "cannot read '/proc/self/status': larger than 10 bytes")
    }

    @Test func whatIsNoTextFileIsRefused() throws {
        #expect(error(folder.path) == "cannot read '\(folder.path)': is a folder")
        try #require(mkfifo(folder("fifo"), 0o600) == 0)
        #expect(error(folder("fifo")) == "cannot read '\(folder("fifo"))': not a regular file")
        #expect(error("/dev/zero") == "cannot read '/dev/zero': not a regular file")
        let missing = folder("missing\n")
        #expect(error(missing) == "cannot read '\(folder.path)/missing\\u{A}': no such file")
        #expect(error("") == "cannot read '': the name is empty")
        #expect(error("a\u{0}b") == "cannot read 'a\\u{0}b': the name holds a zero byte")
    }

    @Test func itsLinesHaveNumbersAndNoEnds() throws {
        let file = try TextFile(Array("one\r\n two\t\n\nä\r".utf8), named: "w\u{1B}")
        #expect(file.lines == ["one", " two\t", "", "ä"])
        #expect(
            file.error(inLine: 2, "is odd").description
                == "cannot read 'w\\u{1B}': line 2: is odd")
        #expect(file.error("no words").description == "cannot read 'w\\u{1B}': no words")
        #expect(try TextFile([], named: "w").lines == [""])
    }

    @Test func aLineThatIsNoTextIsToldWithItsNumber() throws {
        let error = #expect(throws: FileError.self) {
            try TextFile([0x61, 0x0A, 0x0A, 0xC3, 0x0A], named: "w")
        }
        #expect(error?.description == "cannot read 'w': line 3: not UTF-8")
    }

    @Test(.disabled(if: geteuid() == 0, "root may read everything"))
    func anUnreadableFileIsRefused() throws {
        try folder.put("words", "one")
        try folder.setMode("words", 0)
        #expect(error(folder("words"))?.hasSuffix("': permission denied") == true)
    }
}
