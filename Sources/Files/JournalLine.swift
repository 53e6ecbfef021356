/// Writes and reads one line of a journal: the checksum of the rest, a blank, the rest.
///
/// `3610a686 hello` is a line of one record. Records that belong together stand in one line, with
/// tabs between and one checksum: so after a crash all of them are there, or none.
enum JournalLine {
    /// The longest line without its end. The limit keeps a broken file from filling the memory.
    static let longest = 1 << 20

    private static let separator = UInt8(ascii: "\t")
    private static let checksumLength = 8

    /// Returns the line that holds `records`, with its end.
    ///
    /// - Throws: `Reason` if a record holds a control character, or all are too long together.
    static func encode(_ records: [String]) throws(Reason) -> [UInt8] {
        for record in records {
            guard !record.utf8.contains(where: isControl) else {
                throw Reason("a record holds a control character")
            }
        }
        let text = Array(records.map(\.utf8).joined(separator: [separator]))
        let line = digits(of: CRC32.checksum(of: text[...])) + [UInt8(ascii: " ")] + text
        guard line.count <= longest else { throw Reason("a record is longer than 1 MiB") }
        return line + [UInt8(ascii: "\n")]
    }

    /// Returns the records of a line without its end, or nil if it is damaged.
    static func decode(_ line: ArraySlice<UInt8>) -> [String]? {
        guard line.count > checksumLength, line.count <= longest else { return nil }
        let (checksum, text) = (line.prefix(checksumLength), line.dropFirst(checksumLength + 1))
        guard line[checksum.endIndex] == UInt8(ascii: " "), checksum.allSatisfy(isDigit),
            checksum.elementsEqual(digits(of: CRC32.checksum(of: text))),
            let text = String(validating: text, as: UTF8.self)
        else { return nil }
        return text.utf8.split(separator: separator, omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
    }

    /// Returns whether `rest`, the file's last bytes without a line end, can be the beginning of a
    /// line that a kill has cut off.
    ///
    /// It cannot if it begins with a line that fits its checksum: then only the end of that line is
    /// damaged, and its records may have been acknowledged.
    static func isBegun(_ rest: ArraySlice<UInt8>) -> Bool {
        let checksum = rest.prefix(checksumLength)
        let afterChecksum = rest.dropFirst(checksumLength)
        guard checksum.allSatisfy(isDigit) else { return false }
        guard let blank = afterChecksum.first else { return true }
        let text = afterChecksum.dropFirst()
        guard blank == UInt8(ascii: " "),
            !text.contains(where: { $0 != separator && isControl($0) })
        else { return false }
        let expected = UInt32(String(decoding: checksum, as: UTF8.self), radix: 16)
        var sum = CRC32()
        for byte in text {
            if sum.value == expected { return false }
            sum.add(byte)
        }
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }

    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

    private static func digits(of checksum: UInt32) -> [UInt8] {
        let digits = String(checksum, radix: 16).utf8
        return Array(repeating: UInt8(ascii: "0"), count: checksumLength - digits.count) + digits
    }
}

/// Computes the checksum of Ethernet and zip, which finds every change of up to 32 bits in a row.
///
/// Source: ISO 3309, the polynomial 0xEDB88320 with its bits reversed.
struct CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
        }
    }

    private var state = ~UInt32(0)

    /// The checksum of the bytes added so far.
    var value: UInt32 { ~state }

    mutating func add(_ byte: UInt8) {
        state = state >> 8 ^ Self.table[Int(UInt8(truncatingIfNeeded: state) ^ byte)]
    }

    static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
        var sum = CRC32()
        for byte in bytes { sum.add(byte) }
        return sum.value
    }
}
