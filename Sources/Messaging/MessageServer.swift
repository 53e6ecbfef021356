import Protocol
import Sockets

/// Serves many peers on one thread, none of which can stop, slow or confuse it.
///
/// It accepts, receives, finds the messages in the bytes, and sends what the exercise queues;
/// the exercise pulls events and keeps its own loop. What a peer does wrong (half a message, a
/// reset, silence, a full window) ends that peer alone. SIGINT and SIGTERM end the loop in good
/// order.
public final class MessageServer<Format: Framing> {
    /// What happened.
    public enum Event {
        /// A connection was accepted. It has sent nothing yet, and may never: a port probe.
        case connected(Peer<Format>)
        /// A peer has sent its first whole message, which follows, and has its number now.
        case joined(Peer<Format>)
        /// A peer sent a message.
        case received(Format.Incoming, from: Peer<Format>)
        /// The content given to a peer has left, whole.
        case sent(to: Peer<Format>)
        /// A connection has ended, in whichever way. Comes once for each `connected`.
        case disconnected(Peer<Format>)
    }

    /// Past this many bytes that wait for a peer, its questions wait too.
    static var congestion: Int { 65_536 }
    /// How long a closing server listens to a peer that still sends, and for how many bytes.
    static var lingerTime: Duration { .seconds(1) }
    static var lingerBytes: Int { 65_536 }

    /// Where the server listens, with the port the system chose.
    public let address: SocketAddress
    /// How many connections there are, silent ones included, whose `.disconnected` has not been
    /// told: at the last one's it is 0, however many have ended at the same time.
    public internal(set) var connectionCount = 0
    /// If set, a connection that has sent no message for so long is closed.
    public var idleLimit: Duration? {
        didSet { peers.forEach { $0.map(schedule) } }
    }

    let framing: Format
    let timeout: Duration
    let pause: Duration
    let outboxLimit: Int
    let log: (String) -> Void
    let trace: ((String) -> Void)?
    let poller: Poller
    let stopSignal: Socket
    let listener: Socket

    /// Indexed by slot. Slots 0 and 1 belong to the listener and the stop signal.
    var peers: [Peer<Format>?] = [nil, nil]
    var freeSlots: [Int] = []
    var acceptedCount = 0
    var joinedCount = 0
    /// The present moment, as of the last wait.
    var now = Instant.now
    var deadlines = Deadlines()
    /// Descriptors have run out, and nobody has been told since that they suffice again.
    var isOutOfDescriptors = false
    /// When to accept again, while descriptors have run out.
    var acceptAgain: Instant?
    var isStopping = false
    /// How often in a row a socket was ready and nothing came of it.
    var idleWakes = 0
    var buffer = [UInt8](repeating: 0, count: 65_536)

    /// Peers whose input may hold messages, in the order it came.
    var toDecode: [Peer<Format>] = []
    var nextToDecode = 0
    /// A message whose `joined` has just been told.
    var held: Format.Incoming?
    /// Events that did not come from a message, in order.
    var queued: [Event] = []
    var nextQueued = 0
    /// Peers with output that no send has been tried for.
    var toFlush: [Peer<Format>] = []

    /// Listens, so that clients can connect from now on.
    ///
    /// - Parameters:
    ///   - framing: How messages lie in the stream; each peer gets a copy of its own.
    ///   - address: Where to listen; port 0 lets the system choose.
    ///   - timeout: How long a peer may keep the rest of a begun message back, or leave content
    ///     unread; above 0 s.
    ///   - pause: How long a silence ends a message that may end at one; 0 s turns this off.
    ///   - outboxLimit: How many bytes may wait for a peer before it is cut off.
    ///   - mechanism: The system call to wait with.
    ///   - log: Gets a line for each failure of a client, and while descriptors run out.
    ///   - trace: Gets a line for each message.
    /// - Throws: `SocketError`: the address is in use, not allowed, or not this machine's.
    public init(
        _ framing: Format, on address: SocketAddress, timeout: Duration = .seconds(30),
        pause: Duration = .milliseconds(250), outboxLimit: Int = 1_048_576,
        poller mechanism: Poller.Mechanism = .best, log: @escaping (String) -> Void,
        trace: ((String) -> Void)? = nil
    ) throws(SocketError) {
        self.framing = framing
        self.timeout = timeout
        self.pause = pause
        self.outboxLimit = outboxLimit
        self.log = log
        self.trace = trace
        listener = try Socket.listener(on: address)
        try listener.setBlocking(false)
        self.address = try listener.localAddress
        stopSignal = try Socket.stopSignal()
        poller = try Poller(mechanism)
        try poller.add(listener, for: .reading, token: 0)
        try poller.add(stopSignal, for: .reading, token: 1)
    }

    /// Waits for the next event.
    ///
    /// - Returns: `nil` once the server was told to stop, by SIGINT, SIGTERM or `close()`; by
    ///   then every socket is closed, and what was queued has left where the peer took it.
    /// - Throws: `SocketError` if the system refuses to wait or to accept for good.
    public func nextEvent() throws(SocketError) -> Event? {
        while !isStopping {
            // A peer's first message follows its `joined` at once, whatever else has happened.
            if held != nil, let event = nextDecodedEvent() { return event }
            if let event = nextQueuedEvent() ?? nextDecodedEvent() { return event }
            try proceed(by: nil)
        }
        return nil
    }

    /// Closes every connection in good order: what is queued leaves, and no peer is reset that
    /// does not insist on it. Takes a second at most.
    public func close() {
        guard !isStopping else { return }
        isStopping = true
        // Its byte is never taken: to watch it further would be to spin.
        poller.remove(stopSignal)
        poller.remove(listener)
        listener.close()
        acceptAgain = nil
        for case let peer? in peers { finish(peer, because: nil) }
        let end = Instant.now + Self.lingerTime
        do throws(SocketError) {
            while freeSlots.count < peers.count - 2, Instant.now < end {
                discardEvents()
                try proceed(by: end)
            }
        } catch {
            log(error.description)
        }
        // Whoever has not got all must not take a part for the whole.
        for case let peer? in peers { remove(peer, resetting: peer.state == .finishing) }
    }

    /// In debug builds, stops a loop that is woken again and again and has nothing to do: a fault of
    /// this module, which would otherwise only show as a hot processor.
    private func noteWake() {
        assert(idleWakes < 10_000, "the server is woken without anything to do")
        idleWakes += 1
    }

    /// Does what is due, and waits if there is nothing left to do.
    private func proceed(by end: Instant?) throws(SocketError) {
        if let ready = poller.next() {
            noteWake()
            switch ready.token {
            case 0: try acceptClients()
            case 1: close()
            default: if let peer = peers[ready.token] { attend(to: peer, ready) }
            }
            return
        }
        flushAll()
        guard nextQueued == queued.count, nextToDecode == toDecode.count else { return }
        let wake = [deadlines.earliest, acceptAgain, end].compactMap { $0 }.min()
        try poller.wait(timeout: wake.map { $0 - .now })
        now = .now
        if let again = acceptAgain, again <= now { try resumeAccepting() }
        lookAtDeadlines()
    }

    private func attend(to peer: Peer<Format>, _ ready: Poller.Event) {
        if ready.isWritable { flush(peer) }
        if ready.isReadable, peer.state != .closed { receive(from: peer) }
    }

    /// Forgets what nobody will ask for any more; otherwise there would be no wait.
    private func discardEvents() {
        toDecode.removeAll()
        nextToDecode = 0
        queued.removeAll()
        nextQueued = 0
        held = nil
    }

    private func nextQueuedEvent() -> Event? {
        guard nextQueued < queued.count else { return nil }
        defer {
            nextQueued += 1
            if nextQueued == queued.count {
                queued.removeAll(keepingCapacity: true)
                nextQueued = 0
            }
        }
        if case .disconnected = queued[nextQueued] { connectionCount -= 1 }
        return queued[nextQueued]
    }
}
