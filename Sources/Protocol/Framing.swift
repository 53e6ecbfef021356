/// The rules by which messages of one peer lie in a stream of bytes.
///
/// TCP keeps the order of bytes and nothing else: one `recv` may bring half a message or ten. A
/// framing finds the messages again in all kinds of pieces. It remembers things about its peer
/// (such as whether the peer has sent a newline), so each peer gets a framing of its own.
///
/// If every message has the same size and describes itself, `decode` and `encode` are enough. The
/// other functions tell how text ends, give hints for the user, or take many messages at once.
public protocol Framing: Sendable {
    /// A message from the peer.
    associatedtype Incoming: Sendable
    /// A message to the peer.
    associatedtype Outgoing: Sendable

    /// Takes the first whole message off `input`.
    ///
    /// - Returns: The message, or `nil` while more bytes are needed; until then its bytes stay in
    ///   `input`.
    /// - Throws: `ProtocolError` for bytes that no message can begin with. The stream is lost then.
    mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> Incoming?

    /// Takes all whole messages off `input`, at most `limit` of them.
    ///
    /// - Throws: As `decode`, once the messages before the fault have been taken.
    mutating func decode(
        _ input: inout ByteQueue, limit: Int
    ) throws(ProtocolError) -> [Incoming]

    /// Takes the last message at the end of the stream, or after a pause that may end it.
    ///
    /// It is called when `decode` can take nothing more, and again until it returns nothing.
    ///
    /// - Returns: The last message, or `nil` if none has begun.
    /// - Throws: `ProtocolError` if the message is cut off.
    mutating func decodeAtEnd(_ input: inout ByteQueue) throws(ProtocolError) -> Incoming?

    /// Whether a pause may end the message that has begun in `input`, as from a peer that sends
    /// text without newlines.
    func mayEndAtPause(_ input: ByteQueue) -> Bool

    /// The facts for an error if the peer sends nothing more after `input`.
    func silence(after input: ByteQueue) -> Silence

    /// Adds `message`'s bytes to `output`.
    func encode(_ message: Outgoing, into output: inout [UInt8])

    /// Adds the bytes of several messages to `output`.
    func encode(_ messages: [Outgoing], into output: inout [UInt8])

    /// Puts a message of the peer in words. Passwords are never in them.
    func describe(incoming message: Incoming) -> MessageDescription

    /// Puts a message to the peer in words. Passwords are never in them.
    func describe(outgoing message: Outgoing) -> MessageDescription
}

extension Framing {
    public mutating func decode(
        _ input: inout ByteQueue, limit: Int
    ) throws(ProtocolError) -> [Incoming] {
        var messages: [Incoming] = []
        while messages.count < limit, !input.isEmpty {
            do throws(ProtocolError) {
                guard let message = try decode(&input) else { break }
                messages.append(message)
            } catch {
                // The wrong bytes stay in the queue, so the next call finds them again.
                if messages.isEmpty { throw error }
                break
            }
        }
        return messages
    }

    public mutating func decodeAtEnd(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> Incoming? {
        try refuseRest(input)
        return nil
    }

    public func mayEndAtPause(_ input: ByteQueue) -> Bool { false }

    public func silence(after input: ByteQueue) -> Silence { Silence(after: input) }

    public func encode(_ messages: [Outgoing], into output: inout [UInt8]) {
        for message in messages { encode(message, into: &output) }
    }

    /// Refuses a message that the end of the stream has cut off.
    func refuseRest(_ input: ByteQueue) throws(ProtocolError) {
        let silence = silence(after: input)
        guard let bytes = silence.bytes else { return }
        throw ProtocolError("message cut off after \(bytes)" + silence.clause)
    }
}

extension Framing where Incoming: CustomStringConvertible {
    public func describe(incoming message: Incoming) -> MessageDescription {
        MessageDescription(message.description)
    }
}

extension Framing where Outgoing: CustomStringConvertible {
    public func describe(outgoing message: Outgoing) -> MessageDescription {
        MessageDescription(message.description)
    }
}

extension Framing where Incoming == TextLine {
    public func describe(incoming message: TextLine) -> MessageDescription {
        MessageDescription(text: message.text)
    }
}

extension Framing where Outgoing == String {
    public func describe(outgoing message: String) -> MessageDescription {
        MessageDescription(text: message)
    }
}

/// A peer broke the rules of its protocol.
public struct ProtocolError: Error, Equatable, CustomStringConvertible, Sendable {
    /// The error in the bytes, and the right form.
    public let description: String

    /// Makes an error that says `description`.
    public init(_ description: String) { self.description = description }
}
