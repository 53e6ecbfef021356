extension Connection {
    /// Whether the peer has ended its stream or is gone, asked now and not in its turn.
    ///
    /// `.disconnected` tells it, too, but only after what others had sent before the server looked
    /// here. Ask before you give a peer a part in something.
    public var hasLeft: Bool {
        var before = -1
        // What was sent before the end has to be taken in first.
        while state == .open, input.count > before, input.count < Self.lookAhead {
            before = input.count
            loop.receive(from: self)
        }
        return state != .open
    }

    /// A peer that has sent more than this is taken to be there.
    private static var lookAhead: Int { 1_048_576 }
}
