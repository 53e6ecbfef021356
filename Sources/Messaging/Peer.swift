import Protocol
import Sockets

/// One connection of a `MessageServer`, with its messages.
public final class Peer<Format: Framing>: Connection {
    /// The most messages that are taken at once, so that their replies cannot pile up either.
    @usableFromInline static var batchLimit: Int { 1_024 }

    @exclusivity(unchecked) @usableFromInline var framing: Format

    init(_ accepted: ConnectionLoop.Accepted, framing: Format) {
        self.framing = framing
        super.init(accepted)
    }

    /// Queues a message. It leaves as soon as the peer has room; this call never waits.
    ///
    /// Nothing happens once the peer has gone. A peer that lets more than the outbox's limit
    /// pile up is cut off.
    @inlinable
    public func send(_ message: Format.Outgoing) {
        queue(
            { framing.encode(message, into: &$0) },
            describe: { framing.describe(outgoing: message).with($0) })
    }

    /// Queues several messages, such as the answers to several that came together.
    @inlinable
    public func send(_ messages: [Format.Outgoing]) {
        guard !messages.isEmpty else { return }
        // In a trace each has a line of its own.
        guard loop.trace == nil else { return messages.forEach(send) }
        queue({ framing.encode(messages, into: &$0) }, describe: { _ in "" })
    }

    /// Takes the first message of a turn, or ends the turn if there is none.
    @inlinable
    func takeFirst() -> Format.Incoming? {
        let before = loop.trace == nil ? nil : input.bytes
        do throws(ProtocolError) {
            var message = try framing.decode(&input)
            if message == nil { message = try takeRest() }
            guard let message else {
                loop.endTurn(isDone: true)
                return nil
            }
            if let before { trace(message, outOf: before) }
            return message
        } catch {
            loop.finish(self, because: error)
            return nil
        }
    }

    /// Takes one more message in the same turn.
    ///
    /// - Returns: `nil` if there is none, or no time for it. If the next bytes are no message, the
    ///   next turn reports that, when the messages before have been answered.
    @inlinable
    func takeNext() -> Format.Incoming? {
        // With a trace each message has an event of its own, so that its reply stands right after
        // it.
        guard isOpen, !input.isEmpty, loop.trace == nil, loop.turnGoesOn(for: self) else {
            return nil
        }
        return try? framing.decode(&input)
    }

    /// Takes the messages that came with the first one and are taken together with it.
    @inlinable
    func takeOthers() -> [Format.Incoming] {
        guard !input.isEmpty, loop.trace == nil else { return [] }
        return (try? framing.decode(&input, limit: Self.batchLimit &- 1)) ?? []
    }

    /// Takes a message that the end of the stream or a silence has ended, or notes that the peer
    /// owes the rest of one.
    @usableFromInline
    func takeRest() throws(ProtocolError) -> Format.Incoming? {
        if state == .halfClosed { return try framing.decodeAtEnd(&input) }
        // New bytes set `patience` to `nil`. So if it is still set, all of it has been used.
        let silence = patience
        patience = nil
        let (pause, timeout) = (loop.limits.pause, loop.limits.timeout)
        let mayEndAtPause = pause > .zero && framing.mayEndAtPause(input)
        if silence != nil, mayEndAtPause, let message = try framing.decodeAtEnd(&input) {
            return message
        }
        if silence == timeout { throw framing.stall(of: input, for: timeout) }
        if !input.isEmpty { patience = mayEndAtPause && silence == nil ? pause : timeout }
        return nil
    }

    @usableFromInline
    func trace(_ message: Format.Incoming, outOf before: ArraySlice<UInt8>) {
        let bytes = before.dropLast(input.count)
        let who = number > 0 ? label : "client \(loop.joinedCount + 1)"
        loop.trace?("from \(who): \(framing.describe(incoming: message).with(bytes))")
    }
}
