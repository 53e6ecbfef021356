/// One text message; it fills the whole stream and ends with it.
///
/// Newlines are a part of the message, except one at its end, which `nc` adds.
///
/// Source: Unit B3, the example that the sheet begins with.
public struct WholeStreamFraming: Framing {
    /// The most bytes of a message: 1 MiB.
    public static let limit = 1_048_576

    /// Makes a framing for one peer.
    public init() {}

    /// Takes nothing, because no byte ends a message.
    ///
    /// - Throws: `ProtocolError` as soon as there are too many bytes.
    public mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> TextLine? {
        guard input.count <= Self.limit else {
            throw ProtocolError("message longer than \(Self.limit) bytes")
        }
        return nil
    }

    public mutating func decodeAtEnd(_ input: inout ByteQueue) throws(ProtocolError) -> TextLine? {
        input.isEmpty ? nil : TextLine(whole: input.takeFirst(input.count))
    }

    public func encode(_ message: String, into output: inout [UInt8]) {
        output.append(contentsOf: message.utf8)
    }
}
