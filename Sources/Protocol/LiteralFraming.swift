/// Messages that are all the same few bytes, such as the `OK` of the select exercise.
///
/// Source: Telecommunications Network, Practice 4, Exercise I.
public struct LiteralFraming: Framing {
    private let text: String

    /// Makes a framing whose every message is `text`, with nothing behind it.
    public init(_ text: String) { self.text = text }

    public mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> String? {
        let wanted = text.utf8
        guard input.bytes.prefix(wanted.count).elementsEqual(wanted.prefix(input.count)) else {
            throw ProtocolError("every message is '\(text)', with nothing behind it")
        }
        guard input.count >= wanted.count else { return nil }
        input.removeFirst(wanted.count)
        return text
    }

    public func silence(after input: ByteQueue) -> Silence {
        Silence(after: input, of: text.utf8.count)
    }

    public func encode(_ message: String, into output: inout [UInt8]) { output += message.utf8 }
}
