/// One text message; it fills the whole stream and ends with it.
///
/// Newlines are a part of the message, except one at its end, which `nc` adds.
///
/// Source: Unit B3, the example that the sheet begins with.
public struct WholeStreamFraming: Framing {
    /// The most bytes of a message, without a line end at its end: 1 MiB.
    public static let limit = 1_048_576

    /// Makes a framing for one peer.
    public init() {}

    /// Takes nothing, because no byte ends a message.
    ///
    /// - Throws: `ProtocolError` as soon as there are too many bytes.
    public mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> TextLine? {
        // Two bytes more may still be the \r\n of a line end.
        guard input.count <= Self.limit + 2 else { throw tooLong }
        return nil
    }

    public mutating func decodeAtEnd(_ input: inout ByteQueue) throws(ProtocolError) -> TextLine? {
        guard !input.isEmpty else { return nil }
        let bytes = input.takeFirst(input.count)[...]
        let endsWithNewline = bytes.last == UInt8(ascii: "\n")
        let text = endsWithNewline ? bytes.withoutLineEnd : bytes
        guard text.count <= Self.limit else { throw tooLong }
        return TextLine(text, endsWithNewline: endsWithNewline)
    }

    public func encode(_ message: String, into output: inout [UInt8]) {
        output.append(contentsOf: message.utf8)
    }

    private var tooLong: ProtocolError {
        ProtocolError("message longer than \(Self.limit) bytes")
    }
}
