import CSystem

/// Goes through a journal's lines from the beginning and finds out where the good part ends.
struct JournalReader {
    /// The first line. It tells a journal from another file of the same name.
    static let header = Array("journal 1: of each line, its CRC-32, a blank, and its text\n".utf8)

    private static let newline = UInt8(ascii: "\n")

    private let descriptor: Int32
    /// The bytes read from the file. Those before `start` are done.
    private var buffer: [UInt8] = []
    private var start = 0
    /// The place in the file of the next byte to read.
    private var offset = 0
    /// The number of the last line that was returned.
    private var number = 0

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The result of reading a journal.
    struct Findings {
        /// The length of the good part, in bytes.
        var length: Int
        /// Whether the last good line has no end: only its `\n` has not come to the disk.
        var lacksEnd = false
        /// A message for the user, if the file's end is damaged.
        var notice: String?
    }

    /// Gives every record to `record`.
    ///
    /// - Throws: `Reason` for a damaged line, or if `record` throws; both with the line's number.
    mutating func replay(to record: (String) throws -> Void) throws(Reason) -> Findings {
        guard try readHeader() else { return Findings(length: 0, notice: cutOffNotice) }
        var length = Self.header.count
        while let line = try nextLine() {
            guard let records = JournalLine.decode(line) else { throw damage }
            try give(records, to: record)
            length += line.count + 1
        }
        // The rest has no line end: a kill leaves the beginning of a line, or all of it but its
        // end.
        let rest = buffer[start...]
        guard let records = JournalLine.decode(rest) else {
            guard JournalLine.isBegun(rest) else { throw damage }
            return Findings(length: length, notice: cutOffNotice)
        }
        try give(records, to: record)
        return Findings(
            length: length + rest.count, lacksEnd: true,
            notice: "line \(number) has lost its end, which is written anew; its records are whole"
        )
    }

    private func give(
        _ records: [String], to record: (String) throws -> Void
    ) throws(Reason) {
        do {
            for text in records { try record(text) }
        } catch {
            throw Reason("line \(number): \(visible("\(error)"))")
        }
    }

    /// The message that the rest of the file is cut off; nil if there is no rest.
    private var cutOffNotice: String? {
        let count = buffer.count - start
        guard count > 0 else { return nil }
        return "line \(number) was half written when the program was ended; "
            + (count == 1 ? "its 1 byte is cut off" : "its \(count) bytes are cut off")
    }

    /// Reads the first line; returns false if the program that made the file was stopped before its
    /// end.
    private mutating func readHeader() throws(Reason) -> Bool {
        while buffer.count <= Self.header.count, try fill() {}
        number = 1
        if buffer.starts(with: Self.header) {
            start = Self.header.count
            return true
        }
        guard Self.header.starts(with: buffer) else {
            throw Reason(
                "line 1 is damaged, or the file is no journal; restore it from a copy, or give "
                    + "another folder")
        }
        return false
    }

    /// Returns the next line without its end, or nil if there is no line end after `start`.
    private mutating func nextLine() throws(Reason) -> ArraySlice<UInt8>? {
        number += 1
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: Self.newline) {
                defer { start = end + 1 }
                return buffer[start..<end]
            }
            // It is longer than any line, so it is no line that was cut off.
            guard buffer.count - start <= JournalLine.longest else { throw damage }
            buffer.removeSubrange(..<start)
            (start, searched) = (0, buffer.count)
            guard try fill() else { return nil }
        }
    }

    /// Adds the next part of the file to the buffer; returns false at the end of the file.
    private mutating func fill() throws(Reason) -> Bool {
        var block = [UInt8](repeating: 0, count: 65_536)
        let (count, error) = retrying { pread(descriptor, &block, block.count, off_t(offset)) }
        guard error == 0 else { throw Reason(errno: error) }
        buffer += block[..<count]
        offset += count
        return count > 0
    }

    private var damage: Reason {
        Reason(
            "line \(number) is damaged; restore the file from a copy, or delete the lines from "
                + "there on; their records are lost then")
    }
}
