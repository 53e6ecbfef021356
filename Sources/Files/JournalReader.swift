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

    /// Gives every record to `record`.
    ///
    /// - Returns: How much of the file is good, in bytes; the rest is a line half written.
    /// - Throws: `Reason` for a damaged line, or if `record` throws; both with the line's number.
    mutating func replay(to record: (String) throws -> Void) throws(Reason) -> Int {
        guard try readHeader() else { return 0 }
        var length = Self.header.count
        while let line = try nextLine() {
            guard let records = JournalLine.decode(line) else {
                guard !JournalLine.stands(atEndOf: line), try isAtEnd() else { throw damage }
                break
            }
            do {
                for text in records { try record(text) }
            } catch {
                throw Reason("line \(number): \(visible("\(error)"))")
            }
            length += line.count + 1
        }
        return length
    }

    /// Reads the first line; returns false if whoever made the file was stopped before its end.
    private mutating func readHeader() throws(Reason) -> Bool {
        while buffer.count <= Self.header.count, try fill() {}
        number = 1
        start = Self.header.count
        if buffer.starts(with: Self.header) { return true }
        let isBegun = zip(buffer, Self.header).allSatisfy { $0 == $1 || $0 == 0 }
        guard isBegun, buffer.count <= Self.header.count else {
            throw Reason("is no journal; give another folder")
        }
        return false
    }

    /// Returns the next line without its end, or nil if what is left has none: it is half written.
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

    /// Returns whether nothing comes any more but zeros, which a power cut may leave.
    private mutating func isAtEnd() throws(Reason) -> Bool {
        repeat {
            guard buffer[start...].allSatisfy({ $0 == 0 }) else { return false }
            start = 0
            buffer.removeAll()
        } while try fill()
        return true
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
