import Protocol
import Sockets

/// One connection of a server: its socket, and the bytes on their way in both directions.
///
/// Only a `Peer` knows the meaning of the bytes.
public class Connection {
    /// How far a connection is from its end.
    ///
    /// On the left the peer may still send; on the right it has ended its stream. Each arrow names
    /// the loop's function that makes the step.
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
    /// `finish` comes when the exercise closes the connection, when its time is over, after bytes
    /// that are no message, and when the server stops. `abandon` closes a connection at once, in
    /// each state: after an error such as a reset, and when the peer does not take its replies.
    /// `tellEnd` tells the exercise of the end once, as the connection leaves open or halfClosed.
    @usableFromInline
    enum State: Comparable {
        /// Messages go both ways.
        case open
        /// The peer has ended its stream. The messages that came before are still heard.
        case halfClosed
        /// All messages are heard. The exercise may send a last word until it has seen the end.
        case lastWord
        /// Nothing more is taken from the peer; the bytes that are queued for it still leave.
        case finishing
        /// The same as `finishing`, but the peer has ended its stream.
        case parting
        /// All bytes have left, and this side's stream has ended. Bytes that still come are
        /// dropped, so that the kernel does not reset the connection before the last message
        /// arrives.
        case lingering
        /// The socket is closed.
        case closed
    }

    /// The place of an open or half-closed connection in the line for a turn; the picture is at
    /// `Turns`.
    enum Turn {
        /// It has no whole message.
        case idle
        /// It is in line, or is being heard.
        case listed
        /// Its replies have to leave before it is heard again.
        case congested
    }

    /// The connection's number: connections are counted from 1, as they are accepted. No number is
    /// used twice.
    public let id: Int
    /// The peer's number: peers are counted from 1, as they send their first whole message. It is 0
    /// before that. No number is used twice.
    public internal(set) var number = 0
    /// The peer's address.
    public let address: SocketAddress
    /// The peer's name in diagnostics, once the exercise has given it one.
    public var name: String?

    let socket: Socket
    /// The connection's place in the loop's table.
    let slot: Int
    /// A strong reference, for a weaker one costs more than a short message. The server's end
    /// breaks the cycle.
    @usableFromInline final let loop: ConnectionLoop
    @exclusivity(unchecked) @usableFromInline final var input = ByteQueue()
    @exclusivity(unchecked) final var outbox = Outbox()
    final var content: (any OutgoingContent)?
    @exclusivity(unchecked) @usableFromInline final var state = State.open
    final var turn = Turn.idle
    /// How long the peer may be silent, if it has begun a message and owes the rest.
    final var patience: Duration?
    /// When the peer last sent a byte, last sent a message, and last took a byte.
    final var lastInput: Instant?
    final var lastMessage: Instant
    final var lastOutput: Instant
    /// The latest moment to close the connection, if there is one.
    final var end: Instant?
    /// How many bytes were dropped while lingering.
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

    /// Whether the exercise may still send to the peer, and get its messages.
    @usableFromInline final var isOpen: Bool { state <= .lastWord }

    /// The peer as diagnostics name it: by its name, as `client 3`, or by its address.
    public var label: String { knownName ?? address.description }

    /// The peer's name, or `client 3`; `nil` while it has neither name nor number.
    var knownName: String? { name ?? (number > 0 ? "client \(number)" : nil) }

    /// Sends content piece by piece after the queued messages; `.sent` comes when all of it has
    /// left.
    ///
    /// There is one content at a time: a second one replaces the first.
    public func send(_ content: any OutgoingContent) {
        guard isOpen else { return }
        self.content = content
        loop.toFlush.append(self)
    }

    /// Queues the bytes that `encode` makes for the peer.
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
        // If the server is gone by now, every connection is closed.
        if isOpen { loop.finish(self, because: nil) }
    }

    /// Closes as `close()` does once `time` has passed, unless the peer has left before.
    ///
    /// Only the first call counts.
    public func close(after time: Duration) {
        guard isOpen, end == nil else { return }
        end = .now + time
        loop.schedule(self)
    }
}
