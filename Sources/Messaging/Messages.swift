import Protocol

/// Messages that have come from one peer together, in order; at least one.
///
/// Once the peer has been closed, the rest of them are passed over. It can be inlined because a
/// loop over it may run millions of times a second.
public struct Messages<Format: Framing>: Sequence {
    @usableFromInline let first: Format.Incoming
    /// Those that came with it; mostly none.
    @usableFromInline let others: [Format.Incoming]
    @usableFromInline let peer: Peer<Format>

    @inlinable
    init(_ first: Format.Incoming, _ others: [Format.Incoming] = [], from peer: Peer<Format>) {
        self.first = first
        self.others = others
        self.peer = peer
    }

    public struct Iterator: IteratorProtocol {
        @usableFromInline let messages: Messages
        @usableFromInline var position = 0

        @inlinable
        init(_ messages: Messages) { self.messages = messages }

        @inlinable
        public mutating func next() -> Format.Incoming? {
            guard position <= messages.others.count, messages.peer.isOpen else { return nil }
            position &+= 1
            return position == 1 ? messages.first : messages.others[position &- 2]
        }
    }

    @inlinable
    public func makeIterator() -> Iterator { Iterator(self) }

    @inlinable
    public var underestimatedCount: Int { 1 + others.count }

    /// Makes something of each message, as for any sequence.
    ///
    /// Written out for a program's top level: the sequence's own asks at each message whether it
    /// is on the main actor there, and a batch of a thousand took four times as long.
    @inlinable
    public func map<Result>(_ transform: (Format.Incoming) -> Result) -> [Result] {
        guard peer.isOpen else { return [] }
        // By far the most come alone, and such an array is made without asking for its type.
        if others.isEmpty { return [transform(first)] }
        return [Result](unsafeUninitializedCapacity: underestimatedCount) { results, count in
            results.initializeElement(at: 0, to: transform(first))
            var made = 1
            for message in others where peer.isOpen {
                results.initializeElement(at: made, to: transform(message))
                made &+= 1
            }
            count = made
        }
    }

    /// The message at `index`, counted from 0.
    @inlinable
    public subscript(index: Int) -> Format.Incoming { index == 0 ? first : others[index - 1] }
}
