import Console

/// The damage to bytes on their way; everything is off unless it is set.
struct Damage {
    /// How large the segments are that a stream leaves in.
    enum Chop: Equatable {
        case every(Int)
        case random
    }

    /// The way in which a stream ends early.
    enum Cut: Equatable {
        /// The connection is reset, in both directions.
        case reset
        /// This direction ends; the other one goes on.
        case end
        /// Nothing more arrives, and nobody is told.
        case stall
    }

    var chop: Chop?
    /// How long bytes are collected before they leave as one segment.
    var glue: Duration?
    var delay: Delay?
    /// How many bytes a second may leave.
    var rate: Int?
    /// How the stream ends early, and after how many bytes.
    var cut: (kind: Cut, after: Int)?

    /// How many datagrams of a hundred are lost, doubled, swapped with the next, or changed in a
    /// bit.
    var lose = 0
    var twice = 0
    var swap = 0
    var flip = 0
}
