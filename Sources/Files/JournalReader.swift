import CSystem

/// Goes through a journal's lines from the beginning and finds out where the good part ends.
struct JournalReader {
    /// The first line, by which a journal is known from a file that happens to have its name.
    static let header = Array("journal 1: of each line, its CRC-32, a blank, and its text\n".utf8)

    private static let newline = UInt8(ascii: "\n")

    private let descriptor: Int32
    /// What has been read; it has been gone through up to `start`.
    private var buffer: [UInt8] = []
    private var start = 0
    /// Where in the file the next byte comes from.
    private var offset = 0
    /// The number of the last line that was returned.
    private var number = 0

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// What has been found in a journal.
    struct Findings {
        /// How much of it is good, in bytes.
        var length: Int
        /// Whether the last of the good lines has no end: all but that has come to the disk.
        var lacksEnd = false
        /// What must be told, for it is not as it was written.
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
        // What is left has no end: a kill leaves the beginning of a line, or all of it but that.
        let rest = buffer[start...]
        guard let records = JournalLine.decode(rest) else {
            guard JournalLine.isBegun(rest) else { throw damage }
            return Findings(length: length, notice: cutOffNotice)
        }
        try give(records, to: record)
        return Findings(
            length: length + rest.count, lacksEnd: true,
            notice: "line \(number) has lost its end, which is written anew; what it holds is whole"
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

    /// Tells that what the file ends with is cut off; nil if that is nothing.
    private var cutOffNotice: String? {
        let count = buffer.count - start
        guard count > 0 else { return nil }
        return "line \(number) was half written when the program was ended; "
            + (count == 1 ? "its 1 byte is cut off" : "its \(count) bytes are cut off")
    }

    /// Reads the first line; returns false if whoever made the file was stopped before its end.
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

    /// Returns the next line without its end, or nil if what is left, from `start` on, has none.
    private mutating func nextLine() throws(Reason) -> ArraySlice<UInt8>? {
        number += 1
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: Self.newline) {
                defer { start = end + 1 }
                return buffer[start..<end]
            }
            // Longer than anything that can have been half written.
            guard buffer.count - start <= JournalLine.longest else { throw damage }
            buffer.removeSubrange(..<start)
            (start, searched) = (0, buffer.count)
            guard try fill() else { return nil }
        }
    }

    /// Puts more of the file to the buffer's end; returns false if there is no more.
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
                + "there on and with them what they hold")
    }
}
