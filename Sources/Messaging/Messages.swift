import Protocol

/// Messages that have come from one peer together, in order; at least one.
///
/// Each is decoded when it is asked for, until the peer's turn is over or the peer is closed. After
/// a turn the rest comes with a later event. So go over them once.
public struct Messages<Format: Framing>: Sequence, IteratorProtocol {
    /// The first message.
    public let first: Format.Incoming
    @usableFromInline let peer: Peer<Format>
    @usableFromInline var isFirstTaken = false

    @inlinable
    init(_ first: Format.Incoming, from peer: Peer<Format>) {
        self.first = first
        self.peer = peer
    }

    /// The next message; `nil` at the end of the turn.
    @inlinable
    public mutating func next() -> Format.Incoming? {
        guard isFirstTaken else {
            isFirstTaken = true
            return peer.isOpen ? first : nil
        }
        return peer.takeNext()
    }

    /// Makes a result from each message, for answers that cost next to nothing.
    ///
    /// It decodes the peer's messages together, at most 1,024, and does not look at the turn's time
    /// in between.
    @inlinable
    public func map<Result>(_ transform: (Format.Incoming) -> Result) -> [Result] {
        guard peer.isOpen else { return [] }
        let others = peer.takeOthers()
        // By far the most messages come alone, and this array is made without asking for its type.
        if others.isEmpty { return [transform(first)] }
        return [Result](unsafeUninitializedCapacity: 1 + others.count) { results, count in
            results.initializeElement(at: 0, to: transform(first))
            var made = 1
            // The array's own `map` would ask at each message whether it is on the main actor, if a
            // program calls this at its top level; a thousand messages took four times as long.
            for message in others where peer.isOpen {
                results.initializeElement(at: made, to: transform(message))
                made &+= 1
            }
            count = made
        }
    }
}
