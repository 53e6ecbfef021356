/// Takes a framed reply of the file server apart while it arrives, without copying the file's
/// bytes.
///
/// Feed it each chunk in turn: `while let event = try parser.next(in: &chunk)`; at the end of the
/// stream call `finish`.
public struct FileReplyParser: Sendable {
    /// The parts of a reply.
    public enum Event: Sendable, Equatable {
        /// The file comes and has this many bytes.
        case size(UInt64)
        /// The file's next bytes: indices of the chunk.
        case data(Range<Int>)
        /// No file comes, for this reason. The text is the server's, so escape it before printing.
        case refused(String)
        /// The file has come whole.
        case end
    }

    private enum State { case status, size, blockLength, data, reasonLength, reason, ended }

    private var state = State.status
    private var size: UInt64 = 0
    private var received: UInt64 = 0
    /// The bytes that the current block or reason still lacks.
    private var missing = 0
    private var reason: [UInt8] = []
    private var integer: UInt64 = 0
    private var integerLength = 0

    /// Makes a parser that waits for a reply's first byte.
    public init() {}

    /// Takes the next event off the front of `chunk`.
    ///
    /// - Parameter chunk: Bytes as they came; the bytes that were read are dropped from its front.
    ///   Ranges of `.data` are indices of the array that it is a slice of.
    /// - Returns: The event, or `nil` when the chunk is used up.
    /// - Throws: `ProtocolError` if the blocks have more or fewer bytes than the size says, for an
    ///   unknown status, and for bytes after the end.
    public mutating func next(
        in chunk: inout ArraySlice<UInt8>
    ) throws(ProtocolError) -> Event? {
        while !chunk.isEmpty {
            if let event = try step(&chunk) { return event }
        }
        return nil
    }

    /// Ends the reply with the stream.
    ///
    /// - Throws: `ProtocolError` if the reply is cut off.
    public func finish() throws(ProtocolError) {
        switch state {
        case .ended: return
        case .status:
            throw ProtocolError(
                "connection closed without a reply; a server that sends bare files needs --plain")
        case .size, .reasonLength, .reason: throw ProtocolError("reply cut off at its beginning")
        case .blockLength, .data:
            throw ProtocolError("transfer cut off after \(received) of \(size) bytes")
        }
    }

    /// Tells how much of the reply has come, or gives a hint if nothing has; for the error about a
    /// server that has become silent.
    public var progress: String {
        switch state {
        case .status: "a server that sends bare files may need --plain"
        case .size, .reasonLength, .reason: "only the beginning of a reply came"
        case .blockLength, .data, .ended: "\(received) of \(size) bytes came"
        }
    }

    /// Whether more bytes of the current block are to come.
    public var isWithinBlock: Bool { state == .data }

    private mutating func step(_ chunk: inout ArraySlice<UInt8>) throws(ProtocolError) -> Event? {
        switch state {
        case .status:
            guard let status = takeInteger(of: 1, from: &chunk) else { return nil }
            guard status <= 1 else {
                throw ProtocolError(
                    "unknown status \(status); 0 brings a file, 1 refuses it. "
                        + "A server that sends bare files needs --plain")
            }
            state = status == 0 ? .size : .reasonLength
        case .size:
            guard let announced = takeInteger(of: 8, from: &chunk) else { return nil }
            size = announced
            state = .blockLength
            return .size(size)
        case .blockLength:
            guard let length = takeInteger(of: 2, from: &chunk) else { return nil }
            return try beginBlock(of: length)
        case .data:
            let range = takeMissing(from: &chunk)
            received += UInt64(range.count)
            if missing == 0 { state = .blockLength }
            return .data(range)
        case .reasonLength:
            guard let length = takeInteger(of: 2, from: &chunk) else { return nil }
            missing = Int(length)
            if missing == 0 { return endRefusal() }
            state = .reason
        case .reason:
            reason += chunk.prefix(missing)
            _ = takeMissing(from: &chunk)
            if missing == 0 { return endRefusal() }
        case .ended:
            throw ProtocolError("\(chunk.count) bytes after the end of the reply")
        }
        return nil
    }

    private mutating func beginBlock(of length: UInt64) throws(ProtocolError) -> Event? {
        guard length <= size - received else {
            throw ProtocolError("more bytes than the \(size) announced")
        }
        guard length == 0 else {
            missing = Int(length)
            state = .data
            return nil
        }
        guard received == size else {
            throw ProtocolError("file ended after \(received) of \(size) bytes")
        }
        state = .ended
        return .end
    }

    private mutating func endRefusal() -> Event {
        state = .ended
        return .refused(String(decoding: reason, as: UTF8.self))
    }

    /// Takes bytes of the block or reason from `chunk`, as many as are there.
    private mutating func takeMissing(from chunk: inout ArraySlice<UInt8>) -> Range<Int> {
        let start = chunk.startIndex
        let length = min(missing, chunk.count)
        missing -= length
        chunk = chunk.dropFirst(length)
        return start..<start + length
    }

    /// Takes a big-endian integer, which may lie across chunks.
    private mutating func takeInteger(of size: Int, from chunk: inout ArraySlice<UInt8>) -> UInt64?
    {
        while integerLength < size, let byte = chunk.popFirst() {
            integer = integer << 8 | UInt64(byte)
            integerLength += 1
        }
        guard integerLength == size else { return nil }
        defer { (integer, integerLength) = (0, 0) }
        return integer
    }
}
