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
    /// - Returns: The message, or `nil` while more bytes are needed; then `input` is unchanged.
    /// - Throws: `ProtocolError` for bytes that no message can begin with. The stream is lost then.
    mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> Incoming?

    /// Takes what is left once nothing more will come: at the end of the stream, or after a pause.
    ///
    /// Called with a queue from which `decode` could take nothing more.
    ///
    /// - Returns: The last message, or `nil` for an empty queue.
    /// - Throws: `ProtocolError` if the message is cut off.
    mutating func decodeRest(_ input: inout ByteQueue) throws(ProtocolError) -> Incoming?

    /// Whether a pause may end the message that has begun in `input`, as from a peer that sends
    /// text without newlines.
    func mayEndAtPause(_ input: ByteQueue) -> Bool

    /// What may help when the peer does not reply, for the end of an error's text.
    var adviceAtSilence: String? { get }

    /// Adds `message`'s bytes to `output`.
    func encode(_ message: Outgoing, into output: inout [UInt8])

    /// `message` in a form for people, for a trace. Passwords are never in it.
    func describe(incoming message: Incoming) -> String

    /// `message` in a form for people, for a trace. Passwords are never in it.
    func describe(outgoing message: Outgoing) -> String
}

extension Framing {
    public func mayEndAtPause(_ input: ByteQueue) -> Bool { false }
    public var adviceAtSilence: String? { nil }
}

/// A peer broke the rules of its protocol.
public struct ProtocolError: Error, Equatable, CustomStringConvertible, Sendable {
    /// What was wrong with the bytes, and what was expected.
    public let description: String

    /// Makes an error that says `description`.
    public init(_ description: String) { self.description = description }
}
