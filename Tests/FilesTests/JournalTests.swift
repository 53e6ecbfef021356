import CSystem
import Testing

@testable import Files

/// The first line of every journal, written out by hand.
private let header = "journal 1: of each line, its CRC-32, a blank, and its text\n"

@Suite struct JournalTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder(isInMemory: true)
    }

    /// Opens the journal `data/journal`, drops it, and returns its records.
    private func replayed(appending records: String...) throws -> [String] {
        var held: [String] = []
        let journal = try Journal(in: folder("data"), named: "journal") { held.append($0) }
        for record in records { try journal.append(record) }
        return held
    }

    private func error() -> String? {
        do {
            _ = try Journal(in: folder("data"), named: "journal") { _ in }
            return nil
        } catch {
            return error.description
        }
    }

    private func damage(inLine number: Int) -> String {
        """
        cannot read '\(folder("data/journal"))': line \(number) is damaged; restore the file from \
        a copy, or delete the lines from there on; their records are lost then
        """
    }

    @Test func recordsComeBackInOrder() throws {
        #expect(try replayed(appending: "one", "two") == [])
        #expect(try replayed(appending: "", "zwölf 한 \u{202E}") == ["one", "two"])
        #expect(try replayed() == ["one", "two", "", "zwölf 한 \u{202E}"])
    }

    @Test func theFileIsAsDocumented() throws {
        let journal = try Journal(in: folder("data"), named: "journal") { _ in }
        #expect(folder.text("data/journal") == header)
        try journal.append("hello")
        try journal.append(["a", "", "ä"])
        try journal.append([])
        try journal.append("")
        // The checksums are those of Python's zlib.crc32.
        #expect(
            folder.text("data/journal")
                == header + "3610a686 hello\n" + "21c53e99 a\t\tä\n" + "00000000 \n")
    }

    @Test func recordsThatBelongTogetherStandInOneLine() throws {
        do {
            let journal = try Journal(in: folder("data"), named: "journal") { _ in }
            try journal.append(["a", "b"])
            try journal.append(["c"])
            try journal.append(["", ""])
        }
        #expect(try replayed() == ["a", "b", "c", "", ""])
    }

    @Test(arguments: ["a\nb", "\r", "a\tb", "\u{0}", "\u{1B}[2J", "\u{7F}"])
    func controlCharactersAreRefused(record: String) throws {
        let journal = try Journal(in: folder("data"), named: "journal") { _ in }
        let error = #expect(throws: FileError.self) { try journal.append(["fine", record]) }
        #expect(
            error?.description
                == "cannot write '\(folder("data/journal"))': a record holds a control character")
        #expect(folder.text("data/journal") == header)
    }

    @Test func theLongestRecordFits() throws {
        // 1 MiB; the checksum and its blank take nine bytes.
        let longest = String(repeating: "x", count: 1_048_576 - 9)
        do {
            let journal = try Journal(in: folder("data"), named: "journal") { _ in }
            let error = #expect(throws: FileError.self) { try journal.append(longest + "x") }
            #expect(error?.reason == "a record is longer than 1 MiB")
            try journal.append(longest)
            try journal.append("after")
        }
        #expect(try replayed() == [longest, "after"])
    }

    @Test func aTornFirstLineBeginsAnew() throws {
        _ = try replayed()
        for kept in 0..<header.count {
            try folder.put("data/journal", String(header.prefix(kept)))
            #expect(try replayed() == [], "\(kept)")
            #expect(folder.text("data/journal") == header, "\(kept)")
        }
    }

    @Test func endlessLinesAreDamage() throws {
        _ = try replayed()
        try folder.put("data/journal", header + String(repeating: "x", count: 1_200_000))
        #expect(error() == damage(inLine: 2))
    }

    @Test func aFileThatOthersHaveTouchedTakesNothingMore() throws {
        let changed = "the file has been changed from outside; the program must be started again"
        let deleted = "the file has been deleted or replaced; the program must be started again"
        func reason(_ journal: Journal) -> String? {
            let error = #expect(throws: FileError.self) { try journal.append("two") }
            return error?.reason
        }
        let journal = try Journal(in: folder("data"), named: "journal") { _ in }
        try journal.append("one")
        let path = folder("data/journal")
        // 59 bytes of the first line and 13 of the second.
        try #require(truncate(path, 73) == 0)
        #expect(reason(journal) == changed)
        #expect(folder.text("data/journal") == header + "7a6c86f1 one\n\u{0}")
        try #require(truncate(path, 72) == 0)
        try journal.append("three")
        try #require(truncate(path, 59) == 0)
        #expect(reason(journal) == changed)
        #expect(folder.text("data/journal") == header)
        try #require(unlink(path) == 0)
        #expect(reason(journal) == deleted)
        try folder.put("data/journal", header)
        #expect(reason(journal) == deleted)
        #expect(folder.text("data/journal") == header)
    }

    @Test func anotherFileIsLeftAlone() throws {
        _ = try replayed()
        for text in ["x", "something\nelse\n", header.dropLast() + "x", "\u{0}" + header] {
            try folder.put("data/journal", String(text))
            #expect(
                error()
                    == "cannot read '\(folder("data/journal"))': line 1 is damaged, or the file is no "
                    + "journal; restore it from a copy, or give another folder")
            #expect(folder.text("data/journal") == String(text))
        }
    }

    @Test func manyLinesAreReadInSeveralBlocks() throws {
        // With its checksum, each line is 29 bytes long, which divides no block.
        let records = (10_000..<20_000).map { "record number \($0)" }
        do {
            let journal = try Journal(in: folder("data"), named: "journal") { _ in }
            for start in stride(from: 0, to: records.count, by: 1_000) {
                try journal.append(Array(records[start..<start + 1_000]))
            }
        }
        #expect(try replayed() == records)
    }

    @Test func anErrorOfTheReaderNamesTheLine() throws {
        struct Unknown: Error, CustomStringConvertible { let description = "unknown \u{1B}" }
        _ = try replayed(appending: "one", "two")
        let error = #expect(throws: FileError.self) {
            try Journal(in: folder("data"), named: "journal") {
                if $0 == "two" { throw Unknown() }
            }
        }
        #expect(
            error?.description
                == "cannot read '\(folder("data/journal"))': line 3: unknown \\u{1B}")
        // The lock has been released.
        #expect(try replayed() == ["one", "two"])
    }

    @Test func onlyOneProgramUsesIt() throws {
        let journal = try Journal(in: folder("data"), named: "journal") { _ in }
        #expect(
            error()
                == "cannot open '\(folder("data/journal"))': another program is using it; end that "
                + "one, or give another folder")
        try journal.append("still mine")
        #expect(folder.text("data/journal") == header + "2612b59f still mine\n")
    }
}
