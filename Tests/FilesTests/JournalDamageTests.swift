import Testing

@testable import Files

/// A journal of several records with damaged bytes: all acknowledged records are there, or the file
/// is refused, or the loss is told.
@Suite struct JournalDamageTests {
    private static let header = "journal 1: of each line, its CRC-32, a blank, and its text\n"
    /// The checksums are those of Python's zlib.crc32.
    private static let lines = [
        header, "7a6c86f1 one\n", "7ba5b7b8 a\tbé\t\n", "00000000 \n", "0dcf7d16 the last one\n",
    ]
    /// The records of each line.
    private static let records = [[], ["one"], ["a", "bé", ""], [""], ["the last one"]]

    private let whole = Array(Self.lines.joined().utf8)
    private let all = Self.records.flatMap { $0 }
    private let newline = UInt8(ascii: "\n")
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder(isInMemory: true)
    }

    /// The records that a start finds, and its notice.
    private struct Start: Equatable {
        var records: [String] = []
        var notice: String?
        var error: String?
    }

    private func start(on bytes: [UInt8]) throws -> Start {
        try folder.put("data/journal", bytes)
        var start = Start()
        do throws(FileError) {
            let journal = try Journal(in: folder("data"), named: "journal") {
                start.records.append($0)
            }
            start.notice = journal.notice
        } catch {
            start.error = error.description
        }
        return start
    }

    /// Checks that the file is refused and does not change.
    private func expectRefusal(of bytes: [UInt8], inLine number: Int, _ what: String) throws {
        let reason =
            number == 1
            ? "line 1 is damaged, or the file is no journal; restore it from a copy, or give "
                + "another folder"
            : "line \(number) is damaged; restore the file from a copy, or delete the lines from "
                + "there on; their records are lost then"
        #expect(
            try start(on: bytes).error == "cannot read '\(folder("data/journal"))': \(reason)",
            "\(what)")
        #expect(folder.bytes("data/journal") == bytes, "\(what)")
    }

    /// Checks the records and the notice of a start, and the file after it.
    private func expectStart(
        on bytes: [UInt8], records: [String], notice: String?, leaving left: [UInt8],
        _ what: String
    ) throws {
        let notice = notice.map { "\(folder("data/journal")): \($0)" }
        #expect(try start(on: bytes) == Start(records: records, notice: notice), "\(what)")
        #expect(folder.bytes("data/journal") == left, "\(what)")
    }

    private func cutOff(_ count: Int, ofLine number: Int) -> String {
        "line \(number) was half written when the program was ended; "
            + (count == 1 ? "its 1 byte is cut off" : "its \(count) bytes are cut off")
    }

    private func lostEnd(ofLine number: Int) -> String {
        "line \(number) has lost its end, which is written anew; its records are whole"
    }

    /// The number of the line in which the byte at `place` stands.
    private func line(of place: Int) -> Int {
        1 + whole[..<place].count { $0 == newline }
    }

    @Test func aWholeJournalIsNoNews() throws {
        try expectStart(on: whole, records: all, notice: nil, leaving: whole, "whole")
    }

    @Test func everyFlippedBitIsRefused() throws {
        for place in whole.indices {
            for bit in 0..<8 {
                var bytes = whole
                bytes[place] ^= 1 << bit
                try expectRefusal(of: bytes, inLine: line(of: place), "bit \(bit) of \(place)")
            }
        }
    }

    @Test func everyMissingByteIsRefusedButTheLast() throws {
        for place in whole.indices.dropLast() {
            var bytes = whole
            bytes.remove(at: place)
            try expectRefusal(of: bytes, inLine: line(of: place), "without \(place)")
        }
        try expectStart(
            on: whole.dropLast(), records: all, notice: lostEnd(ofLine: 5), leaving: whole,
            "without the last")
    }

    @Test(arguments: [0x00, 0x09, 0x0A, 0x0D, 0x20, 0x30, 0x66, 0x67, 0x7F, 0x80, 0xC3, 0xFF])
    func everyByteTooMuchIsRefused(byte: UInt8) throws {
        for place in whole.indices {
            var bytes = whole
            bytes.insert(byte, at: place)
            // Two line ends in a row are an empty line after a good one.
            let isNextLine = byte == newline && whole[place] == newline
            try expectRefusal(
                of: bytes, inLine: line(of: place) + (isNextLine ? 1 : 0), "at \(place)")
        }
        guard !Array("0f".utf8).contains(byte) else {
            // This may be the first byte of a line that a kill has cut off.
            return try expectStart(
                on: whole + [byte], records: all, notice: cutOff(1, ofLine: 6), leaving: whole,
                "at the end")
        }
        try expectRefusal(of: whole + [byte], inLine: 6, "at the end")
    }

    @Test(arguments: [
        "xyz", "\n", "\r\n", "\u{0}\u{0}\u{0}", "\u{0}\n", "no line\n", "ABCDEF01",
        "3610a686_", "3610a686 hel\u{0}\u{0}", "3610a686 hell\u{1B}", "3610a686 hellx\n",
        "3610a686 hello*", "3610a686 hello\u{B}", "3610a686 hello\u{0}", "3610a686 hello3610a686",
    ])
    func garbageAtTheEndIsRefused(garbage: String) throws {
        try expectRefusal(of: whole + Array(garbage.utf8), inLine: 6, garbage)
    }

    @Test func whateverLengthIsLeftALineCutInTwoIsTold() throws {
        // There is no notice for an empty file, for it may be new.
        for length in whole.indices {
            let (kept, rest) = wholeLines(of: whole[..<length])
            let records = Self.records[..<kept.count].flatMap { $0 }
            let before = Array(kept.joined().utf8)
            let number = kept.count + 1
            if rest.isEmpty {
                let left = kept.isEmpty ? Array(Self.header.utf8) : before
                try expectStart(
                    on: before, records: records, notice: nil, leaving: left, "\(length) bytes")
            } else if number > 1, rest.count == Self.lines[number - 1].utf8.count - 1 {
                try expectStart(
                    on: before + rest, records: records + Self.records[number - 1],
                    notice: lostEnd(ofLine: number), leaving: before + rest + [newline],
                    "\(length) bytes")
            } else {
                let left = kept.isEmpty ? Array(Self.header.utf8) : before
                try expectStart(
                    on: before + rest, records: records,
                    notice: cutOff(rest.count, ofLine: number), leaving: left, "\(length) bytes")
            }
        }
    }

    private func wholeLines(of bytes: ArraySlice<UInt8>) -> (lines: [String], rest: [UInt8]) {
        let count = bytes.count { $0 == newline }
        let lines = Array(Self.lines[..<count])
        return (lines, Array(bytes.dropFirst(lines.joined().utf8.count)))
    }

    @Test func whatIsAddedAfterThatStandsInItsPlace() throws {
        for cut in [1, 2, 8, 13, 14, 20] {
            try folder.put("data/journal", Array(whole.dropLast(cut)))
            do {
                let journal = try Journal(in: folder("data"), named: "journal") { _ in }
                try journal.append("new")
            }
            let kept = cut == 1 ? Self.lines : Self.lines.dropLast()
            #expect(folder.text("data/journal") == kept.joined() + "6be34445 new\n", "\(cut)")
        }
    }
}
