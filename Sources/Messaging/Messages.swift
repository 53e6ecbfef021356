import Protocol

/// Messages that have come from one peer together, in order; at least one.
///
/// Once the peer has been closed, the rest of them are passed over. It can be inlined because a
/// loop over it may run millions of times a second.
public struct Messages<Format: Framing>: Sequence {
    @usableFromInline let messages: [Format.Incoming]
    @usableFromInline let peer: Peer<Format>

    @inlinable
    init(_ messages: [Format.Incoming], from peer: Peer<Format>) {
        self.messages = messages
        self.peer = peer
    }

    public struct Iterator: IteratorProtocol {
        @usableFromInline let messages: [Format.Incoming]
        @usableFromInline let peer: Peer<Format>
        @usableFromInline var position = 0

        @inlinable
        init(_ messages: [Format.Incoming], from peer: Peer<Format>) {
            self.messages = messages
            self.peer = peer
        }

        @inlinable
        public mutating func next() -> Format.Incoming? {
            guard position < messages.count, peer.isOpen else { return nil }
            position &+= 1
            return messages[position &- 1]
        }
    }

    @inlinable
    public func makeIterator() -> Iterator { Iterator(messages, from: peer) }

    @inlinable
    public var underestimatedCount: Int { messages.count }

    /// The message at `index`, counted from 0.
    @inlinable
    public subscript(index: Int) -> Format.Incoming { messages[index] }
}
