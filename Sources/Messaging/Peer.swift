import Protocol
import Sockets

/// One connection of a `MessageServer`, with its messages.
public final class Peer<Format: Framing>: Connection {
    /// How many messages are taken at once at most, so that their replies cannot pile up either.
    @usableFromInline static var batchLimit: Int { 1_024 }

    // Unchecked as `input` and `outbox` are.
    @exclusivity(unchecked) @usableFromInline var framing: Format

    init(_ accepted: ConnectionLoop.Accepted, framing: Format) {
        self.framing = framing
        super.init(accepted)
    }

    override var mayEndAtPause: Bool { framing.mayEndAtPause(input) }

    override func stall(for time: Duration) -> ProtocolError { framing.stall(of: input, for: time) }

    /// Queues a message. It leaves as soon as the peer has room; this call never waits.
    ///
    /// Nothing happens once the peer has gone. A peer that lets more than the outbox's limit
    /// pile up is cut off.
    @inlinable
    public func send(_ message: Format.Outgoing) {
        guard isOpen else { return }
        if loop.trace != nil { trace(outgoing: message) }
        framing.encode(message, into: &outbox.bytes)
        loop.noteOutput(of: self)
    }

    /// Queues several messages, as the answers to several that came together.
    @inlinable
    public func send(_ messages: [Format.Outgoing]) {
        guard isOpen, !messages.isEmpty else { return }
        if loop.trace != nil { messages.forEach(trace) }
        framing.encode(messages, into: &outbox.bytes)
        loop.noteOutput(of: self)
    }

    /// Takes one message out of what has come, or the rest once it is known to be one.
    ///
    /// - Returns: `nil` if more bytes are needed.
    /// - Throws: `ProtocolError` for bytes that are no message.
    @inlinable
    func takeMessage() throws(ProtocolError) -> Format.Incoming? {
        if let trace = loop.trace { return try takeMessage(tracing: trace) }
        if let message = try framing.decode(&input) { return message }
        return try takeRest()
    }

    /// Takes one more message in the same turn.
    ///
    /// - Returns: `nil` if there is none, or no time for it. What is no message is found again in
    ///   the next turn, once the messages before it have been answered.
    @inlinable
    func takeNext() -> Format.Incoming? {
        // Each message of a trace has an event of its own, so that its reply stands behind it.
        guard isOpen, !input.isEmpty, loop.trace == nil, loop.turnGoesOn(for: self) else {
            return nil
        }
        return try? framing.decode(&input)
    }

    /// Takes the messages that came with the first, as far as they are taken together.
    @inlinable
    func takeOthers() -> [Format.Incoming] {
        guard !input.isEmpty, loop.trace == nil else { return [] }
        return (try? framing.decode(&input, limit: Self.batchLimit &- 1)) ?? []
    }

    @usableFromInline
    func takeRest() throws(ProtocolError) -> Format.Incoming? {
        defer { pauseEnded = false }
        let rest = inputEnded || pauseEnded ? try framing.decodeAtEnd(&input) : nil
        owesRest = !input.isEmpty
        return rest
    }

    @usableFromInline
    func takeMessage(
        tracing trace: (String) -> Void
    ) throws(ProtocolError) -> Format.Incoming? {
        let before = input.bytes
        var message = try framing.decode(&input)
        if message == nil { message = try takeRest() }
        guard let message else { return nil }
        let bytes = before.dropLast(input.count)
        let who = number > 0 ? label : "client \(loop.joinedCount + 1)"
        trace("from \(who): \(framing.describe(incoming: message).with(bytes))")
        return message
    }

    @usableFromInline
    func trace(outgoing message: Format.Outgoing) {
        var bytes: [UInt8] = []
        framing.encode(message, into: &bytes)
        loop.trace?("to \(label): \(framing.describe(outgoing: message).with(bytes))")
    }
}
