/// A client's request for a file.
public struct FileRequest: Sendable, Equatable, CustomStringConvertible {
    /// The most bytes that a name may have.
    public static let nameLimit = 4_096

    /// The file's name. Wrong UTF-8 is U+FFFD here.
    public let name: String
    /// The reason why no file can have this name, if there is one: `the name is not UTF-8`.
    public let flaw: String?
    /// Whether the client wants a framed reply. Otherwise it wants the file's bare bytes.
    public let isFramed: Bool

    /// Makes a request for the file `name`.
    public init(_ name: String, isFramed: Bool, flaw: String? = nil) {
        self.name = name
        self.isFramed = isFramed
        self.flaw = flaw
    }

    public var description: String {
        "\(isFramed ? "framed" : "plain") request for \"\(name.escaped)\""
    }

    /// The bytes to send: `!I` length and name if framed, otherwise the bare name.
    ///
    /// - Throws: `ProtocolError` for a name that is empty or longer than `nameLimit` bytes, or that
    ///   holds a NUL, for no file's name holds one.
    public func encoded() throws(ProtocolError) -> [UInt8] {
        let bytes = Array(name.utf8)
        guard (1...Self.nameLimit).contains(bytes.count), !bytes.contains(0) else {
            throw ProtocolError(
                "a file's name has 1 to \(Self.nameLimit) bytes, none of them NUL")
        }
        return isFramed ? bigEndianBytes(of: UInt32(bytes.count)) + bytes : bytes
    }
}

/// The pieces of the file server's framed reply.
///
/// Status 0, `!Q` size, then blocks of `!H` length and bytes, the last of length 0; or status 1,
/// `!H` length and the reason. So a transfer that breaks off is never taken for a whole file.
public enum FileReply {
    /// The bytes of the file in every block but the last.
    public static let blockSize = 1_024

    /// The end of the blocks: a block of length 0.
    public static let end: [UInt8] = [0, 0]

    /// Makes the beginning of a reply that brings a file.
    ///
    /// - Parameter size: The file's size in bytes.
    public static func accepted(size: UInt64) -> [UInt8] { [0] + bigEndianBytes(of: size) }

    /// Makes a whole reply that brings no file.
    ///
    /// - Parameter reason: The reason for the client; it is cut after 65,535 bytes.
    public static func refused(_ reason: String) -> [UInt8] {
        var length = 0
        for scalar in reason.unicodeScalars {
            let next = length + UTF8.width(scalar)
            if next > Int(UInt16.max) { break }
            length = next
        }
        return [1] + bigEndianBytes(of: UInt16(length)) + reason.utf8.prefix(length)
    }

    /// Writes each block's length into the gap of two bytes before it.
    ///
    /// - Parameters:
    ///   - count: The number of the file's bytes in all blocks together.
    ///   - bytes: Gap, block, gap, block: all of `blockSize` bytes but the last.
    public static func writeLengths(ofBlocksWith count: Int, into bytes: inout [UInt8]) {
        for start in stride(from: 0, to: count, by: blockSize) {
            let length = min(blockSize, count - start)
            let gap = start / blockSize * (blockSize + 2)
            bytes[gap] = UInt8(truncatingIfNeeded: length >> 8)
            bytes[gap + 1] = UInt8(truncatingIfNeeded: length)
        }
    }
}

/// The bytes of `integer`, the most significant first, as on a network.
func bigEndianBytes<Integer: FixedWidthInteger & UnsignedInteger>(of integer: Integer) -> [UInt8] {
    stride(from: Integer.bitWidth - 8, through: 0, by: -8).map {
        UInt8(truncatingIfNeeded: integer >> $0)
    }
}
