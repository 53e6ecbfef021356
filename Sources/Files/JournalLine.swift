/// Writes and reads one line of a journal: the checksum of the rest, a blank, the rest.
///
/// `3610a686 hello` is a line of one record. Several that belong together stand in one line with
/// tabs between, under one checksum: so all of them are there after a crash, or none.
enum JournalLine {
    /// The longest line, its end not counted, so that a broken file cannot fill the memory.
    static let longest = 1 << 20

    private static let separator = UInt8(ascii: "\t")
    private static let checksumLength = 8

    /// Returns the line that holds `records`, with its end.
    ///
    /// - Throws: `Reason` if a record holds a control character, or all are too long together.
    static func encode(_ records: [String]) throws(Reason) -> [UInt8] {
        for record in records {
            guard !record.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
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
            checksum.elementsEqual(digits(of: CRC32.checksum(of: text)))
        else { return nil }
        return text.split(separator: separator, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// Returns whether a whole line stands at the end of another: the end of one has been lost.
    static func stands(atEndOf line: ArraySlice<UInt8>) -> Bool {
        line.indices.contains { decode(line[$0...]) != nil }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }

    private static func digits(of checksum: UInt32) -> [UInt8] {
        let digits = String(checksum, radix: 16).utf8
        return Array(repeating: UInt8(ascii: "0"), count: checksumLength - digits.count) + digits
    }
}

/// Computes the checksum of Ethernet and zip, which finds every change of up to 32 bits in a row.
///
/// Source: ISO 3309, the polynomial 0xEDB88320 with its bits reversed.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
        }
    }

    static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { value, byte in
            value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)]
        }
    }
}
