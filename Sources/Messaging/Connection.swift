import Protocol
import Sockets

/// One connection of a server: its socket, and the bytes on their way in both directions.
///
/// What the bytes mean, only a `Peer` knows.
public class Connection {
    /// How far a connection is from its end.
    ///
    /// On the left the peer may still send; on the right it has ended its stream. Each arrow has the
    /// function of the loop that goes along it.
    ///
    ///             accept
    ///                |
    ///                V   end of stream: endInput
    ///          +-----------+                     +------------+
    ///          |   open    |-------------------->| halfClosed |
    ///          +-----------+                     +------------+
    ///                |                             |        | its messages are heard and
    ///                | finish               finish |        V its content has left: endTurn
    ///                |                             |    +----------+
    ///                |                             |    | lastWord |
    ///                |                             |    +----------+
    ///                |                             |        | the exercise has seen
    ///                V   end of stream: endInput   V        V the end: endTurn
    ///          +-----------+                     +------------+
    ///          | finishing |-------------------->|  parting   |
    ///          +-----------+                     +------------+
    ///                | all has left: linger            | all has left: remove
    ///                V                                 V
    ///          +-----------+                     +------------+
    ///          | lingering |-------------------->|   closed   |
    ///          +-----------+                     +------------+
    ///                    end of stream, 1 s, 64 KiB: remove
    ///
    /// A connection is finished when the exercise closes it, when its time is over, for bytes that
    /// are no message, and when the server stops. `abandon` closes it at once, whatever its state:
    /// after a reset, and when the peer does not take what waits for it. The exercise is told of the
    /// end once, as a connection leaves open or halfClosed (tellEnd).
    @usableFromInline
    enum State: Comparable {
        /// Messages go both ways.
        case open
        /// The peer has ended its stream. What it has sent before is still heard.
        case halfClosed
        /// All has been heard. Until the exercise has seen the end, it may send a last word.
        case lastWord
        /// Nothing more is taken from the peer; what is queued for it still leaves.
        case finishing
        /// The same, and the peer has ended its stream.
        case parting
        /// All has left and the peer knows. What it still sends is read and dropped, so that the
        /// kernel does not reset the connection under the last message.
        case lingering
        /// The socket is closed.
        case closed
    }

    /// Where an open or half-closed connection stands in the line of those to be heard; the
    /// picture is at `Turns`.
    enum Turn {
        /// Nothing has come that could be heard.
        case idle
        /// It is in line, or is being heard.
        case listed
        /// Its replies have to leave before it is heard again.
        case congested
    }

    /// Counts the connections from 1, in the order they were accepted. Never used twice.
    public let id: Int
    /// Counts, from 1, the peers that have sent a whole message; 0 until then. Never used twice.
    public internal(set) var number = 0
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
    @exclusivity(unchecked) @usableFromInline final var input = ByteQueue()
    @exclusivity(unchecked) final var outbox = Outbox()
    final var content: (any OutgoingContent)?
    @exclusivity(unchecked) @usableFromInline final var state = State.open
    final var turn = Turn.idle
    /// How long the peer may be silent, since it has begun a message and owes the rest.
    final var patience: Duration?
    /// When the peer last sent a byte, last sent a message, and last took a byte.
    final var lastInput: Instant?
    final var lastMessage: Instant
    final var lastOutput: Instant
    /// When the connection is closed in any case.
    final var end: Instant?
    /// How much was dropped while lingering, in bytes.
    final var dropped = 0
    /// The earliest entry in the loop's deadlines.
    final var scheduled: Instant?

    init(_ accepted: ConnectionLoop.Accepted) {
        id = accepted.id
        slot = accepted.slot
        socket = accepted.socket
        address = accepted.address
        loop = accepted.loop
        lastMessage = loop.now
        lastOutput = loop.now
    }

    /// Whether the exercise may still send, and be given what has come.
    @usableFromInline final var isOpen: Bool { state <= .lastWord }

    /// What diagnostics call the peer: its name, `client 3`, or its address.
    public var label: String { knownName ?? address.description }

    /// The same once it has a name or a number.
    var knownName: String? { name ?? (number > 0 ? "client \(number)" : nil) }

    /// Sends content piece by piece, after what is queued, and tells `.sent` when all has left.
    ///
    /// One at a time: a second replaces the first.
    public func send(_ content: any OutgoingContent) {
        guard isOpen else { return }
        self.content = content
        loop.toFlush.append(self)
    }

    /// Adds what `encode` makes to what waits for the peer.
    ///
    /// - Parameter describe: Makes the text of a trace from those bytes.
    @usableFromInline
    final func queue(
        _ encode: (inout [UInt8]) -> Void, describe: (ArraySlice<UInt8>) -> String
    ) {
        guard isOpen else { return }
        let start = outbox.bytes.count
        if outbox.isEmpty { loop.toFlush.append(self) }
        encode(&outbox.bytes)
        if let trace = loop.trace { trace("to \(label): \(describe(outbox.bytes[start...]))") }
        loop.checkOutput(of: self)
    }

    /// Takes nothing more from the peer, and closes once everything queued has left.
    ///
    /// `.disconnected` follows, as for a peer that leaves by itself.
    public func close() {
        // The server may be gone by now, and then every connection is closed.
        if isOpen { loop.finish(self, because: nil) }
    }

    /// Closes as `close()` does once `time` has passed, unless the peer has left before.
    ///
    /// However often it is called, the first call counts.
    public func close(after time: Duration) {
        guard isOpen, end == nil else { return }
        end = .now + time
        loop.schedule(self)
    }
}
