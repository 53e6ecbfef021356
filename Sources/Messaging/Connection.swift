import Protocol
import Sockets

/// One connection of a server: its socket, and the bytes on their way in both directions.
///
/// What the bytes mean, only a `Peer` knows.
///
/// Here, in the loop and in what they stand on, `@exclusivity(unchecked)` marks the fields that
/// every request touches: a check at each access is two fifths of the instructions of a request.
/// One thread has them all, and nothing that is called during an access comes back to its field.
public class Connection {
    /// How far a connection is from its end.
    @usableFromInline
    enum State {
        /// Messages go both ways.
        case open
        /// Nothing more is taken from the peer; what is queued for it still leaves.
        case finishing
        /// Everything has left and the peer knows; what it still sends is read and dropped, so
        /// that the kernel does not reset the connection under the last message.
        case lingering
        /// The socket is closed.
        case closed
    }

    /// Counts the connections from 1, in the order they were accepted. Never used twice.
    public let id: Int
    /// Counts, from 1, the peers that have sent a whole message; 0 until then. Never used twice.
    @exclusivity(unchecked) public internal(set) var number = 0
    /// Where the peer is.
    public let address: SocketAddress
    /// What diagnostics call the peer, once the exercise has given it a name.
    public var name: String?

    let socket: Socket
    /// The connection's place in the loop's table.
    let slot: Int
    /// Strong, for a weaker reference costs more than a short message: the server's end breaks the
    /// cycle.
    @usableFromInline final let loop: ConnectionLoop
    // These two are changed for every message, and Swift's check that no two changes overlap costs
    // more than many a message. Nothing that is called during a change comes back to them.
    @exclusivity(unchecked) @usableFromInline final var input = ByteQueue()
    @exclusivity(unchecked) @usableFromInline final var outbox = Outbox()
    final var content: (any OutgoingContent)?
    @exclusivity(unchecked) @usableFromInline final var state = State.open
    /// Its end has been told, or stands in the queue of what is to be told.
    final var isEndTold = false
    /// The peer has ended its stream.
    final var inputEnded = false
    /// The peer has sent at least one byte.
    final var hasSent = false
    /// The peer has begun a message, and owes the rest of it.
    final var owesRest = false
    /// The message that has begun ended at a pause.
    final var pauseEnded = false
    /// The peer does not read its replies, so its questions wait.
    final var isCongested = false
    /// The connection stands in the loop's list of those with something to send.
    final var isListedForFlush = false
    /// The connection stands in the loop's list of those with something to decode.
    final var isListedForDecoding = false
    /// When the peer last sent a byte, last sent a message, and last took a byte.
    final var lastInput: Instant
    final var lastMessage: Instant
    final var lastOutput: Instant
    /// When the connection is closed in any case.
    final var end: Instant?
    /// How much was dropped while lingering, in bytes.
    final var dropped = 0
    /// When the lingering ends.
    final var lingerEnd: Instant?
    /// The earliest entry in the loop's deadlines.
    final var scheduled: Instant?

    init(_ accepted: ConnectionLoop.Accepted) {
        id = accepted.id
        slot = accepted.slot
        socket = accepted.socket
        address = accepted.address
        loop = accepted.loop
        lastInput = loop.now
        lastMessage = loop.now
        lastOutput = loop.now
    }

    /// Whether the peer is still listened to.
    @inlinable final var isOpen: Bool { state == .open }

    /// Whether a silence may end the message that has begun.
    var mayEndAtPause: Bool { false }

    /// What is wrong with a message that has begun, and whose rest has not come for `time`.
    func stall(for time: Duration) -> ProtocolError {
        ProtocolError("sent a part of a message, and nothing more for \(time.inSeconds)")
    }

    /// What diagnostics call the peer: its name, `client 3`, or its address.
    public var label: String { knownName ?? address.description }

    /// The same once it has a name or a number.
    var knownName: String? { name ?? (number > 0 ? "client \(number)" : nil) }

    /// Sends content piece by piece, after what is queued, and tells `.sent` when all has left.
    ///
    /// One at a time: a second replaces the first.
    public func send(_ content: any OutgoingContent) {
        guard state == .open else { return }
        self.content = content
        loop.noteOutput(of: self)
    }

    /// Takes nothing more from the peer, and closes once everything queued has left.
    ///
    /// `.disconnected` follows, as for a peer that leaves by itself.
    public func close() {
        // The server may be gone by now, and then every connection is closed.
        if state == .open { loop.finish(self, because: nil) }
    }

    /// Closes as `close()` does once `time` has passed, unless the peer has left before.
    ///
    /// However often it is called, the first call counts.
    public func close(after time: Duration) {
        guard state == .open, end == nil else { return }
        end = .now + time
        loop.schedule(self)
    }
}
