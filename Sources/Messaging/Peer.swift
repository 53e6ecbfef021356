import Protocol
import Sockets

/// One connection of a `MessageServer`.
public final class Peer<Format: Framing> {
    /// How far a connection is from its end.
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
    public internal(set) var number = 0
    /// Where the peer is.
    public let address: SocketAddress
    /// What diagnostics call the peer, once the exercise has given it a name.
    public var name: String?

    let socket: Socket
    /// The peer's place in the server's table.
    let slot: Int
    unowned let server: MessageServer<Format>
    var framing: Format
    var input = ByteQueue()
    var outbox = Outbox()
    var content: (any OutgoingContent)?
    var state = State.open
    /// The peer has ended its stream.
    var inputEnded = false
    /// The peer has sent at least one byte.
    var hasSent = false
    /// The message that has begun ended at a pause.
    var pauseEnded = false
    /// The peer does not read its replies, so its questions wait.
    var isCongested = false
    /// The peer stands in the server's list of those with something to send.
    var isListedForFlush = false
    /// The peer stands in the server's list of those with something to decode.
    var isListedForDecoding = false
    /// When the peer last sent a byte, last sent a message, and last took a byte.
    var lastInput: Instant
    var lastMessage: Instant
    var lastOutput: Instant
    /// How much was dropped while lingering, in bytes.
    var dropped = 0
    /// When the lingering ends.
    var lingerEnd: Instant?
    /// The earliest entry in the server's deadlines.
    var scheduled: Instant?

    init(
        id: Int, slot: Int, socket: Socket, address: SocketAddress, framing: Format,
        server: MessageServer<Format>, now: Instant
    ) {
        self.id = id
        self.slot = slot
        self.socket = socket
        self.address = address
        self.framing = framing
        self.server = server
        lastInput = now
        lastMessage = now
        lastOutput = now
    }

    /// Whether the peer has ended its stream: nothing more comes from it, but it may still listen.
    public var hasEnded: Bool { inputEnded }

    /// What diagnostics call the peer: its name, `client 3`, or its address.
    public var label: String {
        name ?? (number > 0 ? "client \(number)" : address.description)
    }

    /// Queues a message. It leaves as soon as the peer has room; this call never waits.
    ///
    /// Nothing happens once the peer has gone. A peer that lets more than the outbox's limit
    /// pile up is cut off.
    public func send(_ message: Format.Outgoing) {
        guard state == .open else { return }
        let start = outbox.add { framing.encode(message, into: &$0) }
        if let trace = server.trace {
            let text = framing.describe(outgoing: message)
            trace("to \(label): \(text) [\(hexadecimal(outbox.message(from: start)))]")
        }
        server.noteOutput(of: self)
    }

    /// Sends content piece by piece, after what is queued, and tells `.sent` when all has left.
    ///
    /// One at a time: a second replaces the first.
    public func send(_ content: any OutgoingContent) {
        guard state == .open else { return }
        self.content = content
        server.noteOutput(of: self)
    }

    /// Takes nothing more from the peer, and closes once everything queued has left.
    ///
    /// `.disconnected` follows, as for a peer that leaves by itself.
    public func close() {
        // The server may be gone by now, and then every peer is closed.
        if state == .open { server.finish(self, because: nil) }
    }
}
