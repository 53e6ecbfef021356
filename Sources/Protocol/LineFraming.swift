/// The end of each text message that is sent.
public enum LineEnding: Sendable {
    /// Always a newline.
    case newline
    /// Nothing, for a peer that compares the bytes of one `recv` with the bare text.
    case bare
    /// A newline if the peer has sent one: so each peer gets messages that it can read.
    case likePeer
}

/// The messages without a newline that a pause may end.
public enum PauseRule: Sendable {
    /// The messages of a peer that has never sent a newline.
    case untilNewline
    /// All messages, for a program that only shows text: the classes' own chat server passes
    /// `[Anna\n] text` on, and sends no newline after it.
    case always
}

/// Text messages, each on a line of its own.
///
/// Many students' programs send no newline at all. If a peer has never sent one, a pause may end
/// its message, too. This is only a help, and no framing, for TCP knows no pauses.
public struct LineFraming: Framing {
    /// The default for the most bytes of a message, without its line end.
    public static let defaultLimit = 4_096

    /// Whether the peer has ever sent a newline.
    public private(set) var sendsNewlines = false

    private let limit: Int
    private let ending: LineEnding
    private let pause: PauseRule
    private let traceIncoming: @Sendable (String) -> String
    private let traceOutgoing: @Sendable (String) -> String
    /// The bytes at the front of the queue that are known to hold no newline. So a message that
    /// comes a byte at a time is not searched again from its beginning.
    private var scanned = 0

    /// Makes a framing for one peer.
    ///
    /// - Parameters:
    ///   - limit: The most bytes that a received message may have, without its line end.
    ///   - ending: The end of each message that is sent.
    ///   - pause: The messages that a pause may end.
    ///   - traceIncoming: Makes the text for a trace from a received message, without passwords. If
    ///     it changes the text, the trace shows no hex.
    ///   - traceOutgoing: The same for a message that is sent.
    public init(
        limit: Int = LineFraming.defaultLimit, ending: LineEnding = .newline,
        pause: PauseRule = .untilNewline,
        traceIncoming: @escaping @Sendable (String) -> String = { $0 },
        traceOutgoing: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.limit = limit
        self.ending = ending
        self.pause = pause
        self.traceIncoming = traceIncoming
        self.traceOutgoing = traceOutgoing
    }

    /// Checks that a text is not too long to be sent.
    ///
    /// - Throws: `ProtocolError` if it has more than `defaultLimit` bytes.
    public static func checkLength(of text: String) throws(ProtocolError) {
        guard text.utf8.count <= defaultLimit else {
            throw ProtocolError(
                "a message of \(text.utf8.count) bytes; the most is \(defaultLimit)")
        }
    }

    public mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> TextLine? {
        let bytes = input.bytes
        let unread = bytes.dropFirst(scanned)
        guard let newline = unread.firstIndex(of: UInt8(ascii: "\n")) else {
            scanned = bytes.count
            // One byte more may still be the \r of a line end.
            let mayEnd = bytes.count == limit + 1 && bytes.last == UInt8(ascii: "\r")
            guard bytes.count <= limit || mayEnd else { throw tooLong }
            return nil
        }
        let line = bytes[...newline]
        let text = line.withoutLineEnd
        guard text.count <= limit else { throw tooLong }
        sendsNewlines = true
        scanned = 0
        let message = TextLine(text, endsWithNewline: true)
        input.removeFirst(line.count)
        return message
    }

    public mutating func decodeAtEnd(_ input: inout ByteQueue) throws(ProtocolError) -> TextLine? {
        scanned = 0
        guard !input.isEmpty else { return nil }
        guard input.count <= limit else { throw tooLong }
        return TextLine(input.takeFirst(input.count), endsWithNewline: false)
    }

    public func mayEndAtPause(_ input: ByteQueue) -> Bool {
        !input.isEmpty && (pause == .always || !sendsNewlines)
    }

    public func silence(after input: ByteQueue) -> Silence {
        let mayNeedBare = input.isEmpty && ending == .newline
        return Silence(
            after: input,
            advice: mayNeedBare ? "a server written without line ends may need --bare" : nil)
    }

    public func encode(_ message: String, into output: inout [UInt8]) {
        output.append(contentsOf: message.utf8)
        if ending == .newline || ending == .likePeer && sendsNewlines {
            output.append(UInt8(ascii: "\n"))
        }
    }

    public func describe(incoming message: TextLine) -> MessageDescription {
        MessageDescription(text: message.text, shown: traceIncoming(message.text))
    }

    public func describe(outgoing message: String) -> MessageDescription {
        MessageDescription(text: message, shown: traceOutgoing(message))
    }

    private var tooLong: ProtocolError {
        ProtocolError(
            "message longer than \(limit) bytes; send shorter ones, each with a newline at its end")
    }
}
