import Protocol

/// Messages that have come from one peer together, in order; at least one.
///
/// Once the peer has been closed, the rest of them are passed over.
public struct Messages<Format: Framing>: Sequence {
    private let messages: [Format.Incoming]
    private let peer: Peer<Format>

    init(_ messages: [Format.Incoming], from peer: Peer<Format>) {
        self.messages = messages
        self.peer = peer
    }

    public struct Iterator: IteratorProtocol {
        private let messages: [Format.Incoming]
        private let peer: Peer<Format>
        private var position = 0

        init(_ messages: [Format.Incoming], from peer: Peer<Format>) {
            self.messages = messages
            self.peer = peer
        }

        public mutating func next() -> Format.Incoming? {
            guard position < messages.count, peer.isOpen else { return nil }
            defer { position += 1 }
            return messages[position]
        }
    }

    public func makeIterator() -> Iterator { Iterator(messages, from: peer) }

    public var underestimatedCount: Int { messages.count }

    /// The message at `index`, counted from 0.
    public subscript(index: Int) -> Format.Incoming { messages[index] }
}
