import Protocol

/// Messages that have come from one peer together, in order; at least one.
///
/// They are taken out of the peer's bytes one by one, as they are asked for, until its turn is
/// over or the peer is closed: what is left then comes with a later event. So go over them once.
public struct Messages<Format: Framing>: Sequence, IteratorProtocol {
    /// The first of them.
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

    /// Makes something of each message, for answers that cost next to nothing.
    ///
    /// The peer's messages are decoded together then, at most 1,024, and the turn's time is not
    /// looked at in between.
    @inlinable
    public func map<Result>(_ transform: (Format.Incoming) -> Result) -> [Result] {
        guard peer.isOpen else { return [] }
        let others = peer.takeOthers()
        // By far the most come alone, and such an array is made without asking for its type.
        if others.isEmpty { return [transform(first)] }
        return [Result](unsafeUninitializedCapacity: 1 + others.count) { results, count in
            results.initializeElement(at: 0, to: transform(first))
            var made = 1
            // Written out for a program's top level: the array's own `map` asks at each message
            // whether it is on the main actor there, and a thousand took four times as long.
            for message in others where peer.isOpen {
                results.initializeElement(at: made, to: transform(message))
                made &+= 1
            }
            count = made
        }
    }
}
