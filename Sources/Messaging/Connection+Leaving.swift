extension Connection {
    /// Whether the peer has ended its stream or is gone; this looks now, not in the peer's turn.
    ///
    /// `.disconnected` tells of it, too, but only after the messages of others that came earlier.
    /// Ask this before you give a peer a part in something.
    public var hasLeft: Bool {
        var before = -1
        // The bytes before the end have to be received first.
        while state == .open, input.count > before, input.count < Self.lookAhead {
            before = input.count
            loop.receive(from: self)
        }
        return state != .open
    }

    /// A peer with more waiting bytes than this counts as one that has not left.
    private static var lookAhead: Int { 1_048_576 }
}
