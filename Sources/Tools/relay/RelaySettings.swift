import Console
import Conversations
import Sockets

/// The wishes of the command line.
struct RelaySettings {
    let exercise: Exercise
    let formats: Formats
    let damage: Damage?
    /// The side whose reading is damaged; `nil` is both.
    let damagedReader: Side?
    let chance: Chance
    let timeout: Duration
    let pause: Duration
    let poller: Poller.Mechanism
    /// Gets a line for each connection and its addresses, if that is asked for.
    let trace: ((String) -> Void)?

    /// Whether the bytes of `side` are damaged.
    func isDamaged(_ side: Side) -> Bool {
        damage != nil && (damagedReader == nil || damagedReader == side.other)
    }
}
