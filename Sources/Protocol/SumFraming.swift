/// Sum messages in a stream. Each is a name and a number, on one line or on two.
///
/// A first line without a number is the name, and the number stands on the second. So a newline may
/// be inside a message, and does not show that the peer ends its messages with newlines: a pause
/// may still end them.
///
/// Source: Redes de Computadores, Lab 2, Assignment 2.
public struct SumFraming: Framing {
    private let limit = LineFraming.defaultLimit
    private let ending: LineEnding
    private let pause: PauseRule
    /// Whether the peer's last message ended with a newline.
    private var endsWithNewline = false

    /// Makes a framing for one peer.
    ///
    /// - Parameters:
    ///   - ending: The end of each message that is sent.
    ///   - pause: Whether a pause may also end a message after a name's line end.
    public init(ending: LineEnding, pause: PauseRule = .untilNewline) {
        self.ending = ending
        self.pause = pause
    }

    public mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> TextLine? {
        let bytes = input.bytes
        var end = bytes.firstIndex(of: UInt8(ascii: "\n"))
        if let first = end, first - bytes.startIndex <= limit + 1,
            case .name = SumLine(
                TextLine(bytes[...first].withoutLineEnd, endsWithNewline: true).text)
        {
            end = bytes[(first + 1)...].firstIndex(of: UInt8(ascii: "\n"))
        }
        guard let end else {
            // Two bytes more may still be the \r\n of a line end.
            guard bytes.count <= limit + 2 else { throw tooLong }
            return nil
        }
        let message = try message(of: bytes[...end].withoutLineEnd, endsWithNewline: true)
        input.removeFirst(end + 1 - bytes.startIndex)
        return message
    }

    public mutating func decodeAtEnd(_ input: inout ByteQueue) throws(ProtocolError) -> TextLine? {
        guard !input.isEmpty else { return nil }
        let rest = input.takeFirst(input.count)
        // The rest may be a name with its line end, but without its number.
        let isEnded = rest.last == UInt8(ascii: "\n")
        return try message(
            of: isEnded ? rest[...].withoutLineEnd : rest[...], endsWithNewline: isEnded)
    }

    /// A line that has begun may end at a pause. After a name's line end the peer still owes the
    /// number, but a program that only shows text does not wait for it.
    public func mayEndAtPause(_ input: ByteQueue) -> Bool {
        guard let last = input.bytes.last else { return false }
        return pause == .always || last != UInt8(ascii: "\n")
    }

    public func encode(_ message: String, into output: inout [UInt8]) {
        output.append(contentsOf: message.utf8)
        if ending == .newline || ending == .likePeer && endsWithNewline {
            output.append(UInt8(ascii: "\n"))
        }
    }

    private mutating func message(
        of bytes: ArraySlice<UInt8>, endsWithNewline: Bool
    ) throws(ProtocolError) -> TextLine {
        guard bytes.count <= limit else { throw tooLong }
        self.endsWithNewline = endsWithNewline
        return TextLine(bytes, endsWithNewline: endsWithNewline)
    }

    private var tooLong: ProtocolError {
        ProtocolError(
            "message longer than \(limit) bytes; send a name and a number, as in Alice,42")
    }
}
