/// A text message from a peer, without its line end.
public struct TextLine: Sendable, Equatable {
    /// The text. Wrong UTF-8 is U+FFFD here.
    public let text: String
    /// Whether the bytes were UTF-8. A text with mistakes can be read, but a name cannot have any.
    public let isValidUTF8: Bool
    /// Whether the message ended with a newline, not with the stream, a pause or the datagram.
    public let endsWithNewline: Bool

    /// Makes a message from `text`, as if a peer had sent it.
    public init(_ text: String, isValidUTF8: Bool = true, endsWithNewline: Bool = true) {
        self.text = text
        self.isValidUTF8 = isValidUTF8
        self.endsWithNewline = endsWithNewline
    }

    /// The same without blanks and tabs at the ends of its text; for names, because nobody sees
    /// them.
    public var trimmed: TextLine {
        TextLine(text.trimmed, isValidUTF8: isValidUTF8, endsWithNewline: endsWithNewline)
    }

    /// Makes a message from the bytes of one line, without its end.
    init(_ bytes: some Collection<UInt8>, endsWithNewline: Bool) {
        (text, isValidUTF8) = String.repairing(bytes)
        self.endsWithNewline = endsWithNewline
    }

    /// Makes a message from all of its bytes: those of a whole stream, or those of one `recv`.
    ///
    /// One line end at its end is ignored: `nc` sends it.
    public init(whole bytes: [UInt8]) {
        self.init(
            bytes.withoutFinalLineEnd, endsWithNewline: bytes.last == UInt8(ascii: "\n"))
    }

    /// Makes a message from a datagram, which is one message and needs no line end.
    ///
    /// One line end at its end is ignored: `nc -u` sends it.
    ///
    /// - Parameter limit: The most bytes that the text may have, without the line end.
    /// - Throws: `ProtocolError` for a longer text.
    public init(
        datagram: [UInt8], limit: Int = LineFraming.defaultLimit
    ) throws(ProtocolError) {
        guard datagram.withoutFinalLineEnd.count <= limit else {
            throw ProtocolError("datagram with more than \(limit) bytes of text")
        }
        self.init(whole: datagram)
    }
}

extension [UInt8] {
    /// The bytes without the `\n` at their end, if there is one, and without a `\r` before that.
    fileprivate var withoutFinalLineEnd: ArraySlice<UInt8> {
        last == UInt8(ascii: "\n") ? self[...].withoutLineEnd : self[...]
    }
}

extension ArraySlice<UInt8> {
    /// The line without the `\n` at its end, and without a `\r` before that.
    var withoutLineEnd: ArraySlice<UInt8> {
        let line = dropLast()
        return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}
