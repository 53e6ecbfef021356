/// How messages lie in a stream of bytes, for one peer.
///
/// TCP keeps the order of bytes and nothing else: one `recv` may bring half a message or ten.
/// A framing finds the messages again, whatever the pieces. It keeps what it must remember of
/// its peer (whether that one ever sent a newline, say), so each peer gets a copy of its own.
public protocol Framing: Sendable {
    /// What the peer sends.
    associatedtype Incoming: Sendable
    /// What the peer is sent.
    associatedtype Outgoing: Sendable

    /// Takes the first whole message off `input`.
    ///
    /// - Returns: The message, or `nil` while more bytes are needed; until then its bytes stay in
    ///   `input`.
    /// - Throws: `ProtocolError` for bytes that no message can begin with. The stream is lost then.
    mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> Incoming?

    /// Takes the message that a pause has ended. Asked only where `mayEndAtPause`.
    ///
    /// Called with a queue from which `decode` could take nothing more.
    ///
    /// - Returns: The message, or `nil` if it was only a part of one after all.
    mutating func decodeAtPause(_ input: inout ByteQueue) throws(ProtocolError) -> Incoming?

    /// Takes what is left at the end of the stream.
    ///
    /// Called with a queue from which `decode` could take nothing more, and again until it gives
    /// nothing.
    ///
    /// - Returns: The last message, or `nil` if none has begun.
    /// - Throws: `ProtocolError` if the message is cut off.
    mutating func decodeAtEnd(_ input: inout ByteQueue) throws(ProtocolError) -> Incoming?

    /// Takes all whole messages off `input`, at most `limit` of them.
    ///
    /// - Throws: As `decode`, once the messages before the fault have been taken.
    mutating func decode(
        _ input: inout ByteQueue, limit: Int
    ) throws(ProtocolError) -> [Incoming]

    /// Whether a message has begun and the peer owes the rest of it.
    func isWithinMessage(_ input: ByteQueue) -> Bool

    /// Whether a pause may end the message that has begun in `input`, as from a peer that sends
    /// text without newlines.
    func mayEndAtPause(_ input: ByteQueue) -> Bool

    /// How much has come of the message that has begun, for an error's text, as in
    /// `5 of 8 bytes of a message`; `nil` if none has begun.
    func part(in input: ByteQueue) -> String?

    /// What may help when the peer does not reply, for the end of an error's text.
    var adviceAtSilence: String? { get }

    /// What may help when the peer sends a part of a message and then nothing.
    var adviceAtPart: String? { get }

    /// Whether what is sent shows where it ends. Text without line ends does not: of two messages
    /// that arrive together, a peer makes one.
    var marksEnds: Bool { get }

    /// Adds `message`'s bytes to `output`.
    func encode(_ message: Outgoing, into output: inout [UInt8])

    /// Adds the bytes of several messages to `output`.
    func encode(_ messages: [Outgoing], into output: inout [UInt8])

    /// `message` in a form for people, for a trace. Passwords are never in it.
    func describe(incoming message: Incoming) -> String

    /// `message` in a form for people, for a trace. Passwords are never in it.
    func describe(outgoing message: Outgoing) -> String

    /// Whether something was left out of `describe(incoming:)` that its bytes would show.
    func isSecret(incoming message: Incoming) -> Bool

    /// Whether something was left out of `describe(outgoing:)` that its bytes would show.
    func isSecret(outgoing message: Outgoing) -> Bool
}

extension Framing {
    public mutating func decodeAtPause(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> Incoming? { nil }

    public mutating func decode(
        _ input: inout ByteQueue, limit: Int
    ) throws(ProtocolError) -> [Incoming] {
        var messages: [Incoming] = []
        while messages.count < limit, !input.isEmpty {
            do throws(ProtocolError) {
                guard let message = try decode(&input) else { break }
                messages.append(message)
            } catch {
                // The bytes at fault stay where they are, and are found again next time.
                if messages.isEmpty { throw error }
                break
            }
        }
        return messages
    }

    public func encode(_ messages: [Outgoing], into output: inout [UInt8]) {
        for message in messages { encode(message, into: &output) }
    }

    public func mayEndAtPause(_ input: ByteQueue) -> Bool { false }
    public func isWithinMessage(_ input: ByteQueue) -> Bool { !input.isEmpty }
    public var adviceAtSilence: String? { nil }
    public var adviceAtPart: String? { nil }
    public var marksEnds: Bool { true }
    public func isSecret(incoming message: Incoming) -> Bool { false }
    public func isSecret(outgoing message: Outgoing) -> Bool { false }

    public func part(in input: ByteQueue) -> String? { input.part(of: nil) }

    /// The text of a trace: `message` for people, and its bytes in hex or `[***]`.
    public func trace(incoming message: Incoming, _ bytes: some Collection<UInt8>) -> String {
        let shown = isSecret(incoming: message) ? "***" : hexadecimal(bytes)
        return "\(describe(incoming: message)) [\(shown)]"
    }

    /// The text of a trace: `message` for people, and its bytes in hex or `[***]`.
    public func trace(outgoing message: Outgoing, _ bytes: some Collection<UInt8>) -> String {
        let shown = isSecret(outgoing: message) ? "***" : hexadecimal(bytes)
        return "\(describe(outgoing: message)) [\(shown)]"
    }
}

/// A peer broke the rules of its protocol.
public struct ProtocolError: Error, Equatable, CustomStringConvertible, Sendable {
    /// What was wrong with the bytes, and what was expected.
    public let description: String

    /// Makes an error that says `description`.
    public init(_ description: String) { self.description = description }
}
