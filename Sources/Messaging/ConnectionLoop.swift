import Sockets

/// The loop under a `MessageServer`. It does all work with sockets and bytes that does not depend
/// on the meaning of the bytes.
///
/// It is not generic, so that it is compiled once and runs at full speed for every framing.
/// `Poller` tells why some fields are unchecked.
@usableFromInline
final class ConnectionLoop {
    /// Something that has happened to a connection.
    @usableFromInline
    enum Event {
        /// It is the connection's turn until the next event is asked for: bytes have come that may
        /// hold messages, its stream has ended, or its silence has lasted a pause or the timeout.
        case input(Connection)
        case sent(Connection)
        case ended(Connection)
    }

    /// The data of a new connection.
    struct Accepted {
        let id: Int
        let slot: Int
        let socket: Socket
        let address: SocketAddress
        let loop: ConnectionLoop
    }

    struct Limits {
        /// How long a peer may keep back the rest of a message, or take nothing of content or of
        /// its last replies.
        let timeout: Duration
        /// The silence that ends a message that may end at one; 0 s for none.
        let pause: Duration
        /// How many bytes may wait for a peer.
        let outbox: Int
    }

    /// If more bytes than this wait for a peer, its questions wait, too.
    static let congestion = 65_536
    /// How long, and for how many bytes, a connection lingers while its peer still sends.
    static let lingerTime = Duration.seconds(1)
    static let lingerBytes = 65_536
    /// How long a server that is told to stop waits for its connections to end. Standard output may
    /// take another quarter of a second, and the whole stop must not take more than a second.
    static let stopTime = Duration.milliseconds(700)

    let address: SocketAddress
    let limits: Limits
    let log: (String) -> Void
    @usableFromInline let trace: ((String) -> Void)?
    let makeConnection: (Accepted) -> Connection
    let poller: Poller
    let stopSignal: Socket
    let listener: Socket

    /// The number of connections whose end has not been told.
    var connectionCount = 0
    /// How long a connection may send no message, if there is a limit.
    var idleLimit: Duration? {
        didSet {
            idleSince = .now
            connections.forEach { $0.map(schedule) }
        }
    }
    /// When that limit was set; silence before that does not count.
    var idleSince = Instant.now
    /// Indexed by slot. Slots 0 and 1 belong to the listener and the stop signal.
    @exclusivity(unchecked) var connections: [Connection?] = [nil, nil]
    var freeSlots: [Int] = []
    var acceptedCount = 0
    var joinedCount = 0
    /// The present moment, as of the last wait.
    var now = Instant.now
    var deadlines = Deadlines()
    /// When to accept again; set from the moment when descriptors run out until no client waits.
    var acceptAgain: Instant?
    /// How often in a row a socket was ready and there was nothing to do.
    var idleWakes = 0
    @exclusivity(unchecked) var buffer = [UInt8](repeating: 0, count: 65_536)
    private var isStopping = false

    /// Connections whose input may hold messages.
    @exclusivity(unchecked) var turns = Turns()
    /// How long a turn takes.
    var turnLength = Turns.length
    /// Events that did not come from a message, in order.
    @exclusivity(unchecked) var queued = Fifo<Event>()
    /// Connections with new output, for which no send has been tried yet.
    @exclusivity(unchecked) var toFlush: [Connection] = []

    init(
        on address: SocketAddress, limits: Limits, poller mechanism: Poller.Mechanism,
        log: @escaping (String) -> Void, trace: ((String) -> Void)?,
        makeConnection: @escaping (Accepted) -> Connection
    ) throws(SocketError) {
        self.limits = limits
        self.log = log
        self.trace = trace
        self.makeConnection = makeConnection
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
    /// - Returns: `nil` once everything is closed.
    @usableFromInline
    func nextEvent() throws(SocketError) -> Event? {
        endTurn()
        while !isStopping {
            if let event = queued.popFirst() {
                if case .ended(let connection) = event {
                    connectionCount -= 1
                    if connection.state == .lastWord { turns.heard = connection }
                }
                return event
            }
            if let connection = turns.next() {
                if beginTurn(of: connection) { return .input(connection) }
            } else {
                try proceed(by: nil)
            }
        }
        return nil
    }

    /// Gives a connection the number of its first message.
    @usableFromInline
    func number(_ connection: Connection) {
        joinedCount += 1
        connection.number = joinedCount
    }

    /// Closes every connection in good order, in a second at most.
    func close() {
        guard !isStopping else { return }
        isStopping = true
        // Its byte is never read, so a poller that still watched it would never wait.
        poller.remove(stopSignal)
        poller.remove(listener)
        listener.close()
        acceptAgain = nil
        for case let connection? in connections { finish(connection, because: nil) }
        let end = Instant.now + Self.stopTime
        do throws(SocketError) {
            while freeSlots.count < connections.count - 2, Instant.now < end {
                // Nobody will ask for these any more, and with any of them the loop would not wait.
                turns.removeAll()
                queued.removeAll()
                try proceed(by: end)
            }
        } catch {
            log(error.description)
        }
        // Reset these, so that no peer takes a part of a reply for all of it.
        for case let connection? in connections {
            remove(connection, resetting: connection.state < .lingering)
        }
        // Nobody will be told of their ends.
        connectionCount = 0
    }

    /// Does the next thing that is due, and waits if there is none.
    private func proceed(by end: Instant?) throws(SocketError) {
        if let ready = poller.next() {
            // In debug builds, this stops a loop that is woken again and again and has nothing to
            // do: a fault of this module, which would otherwise only show as a hot processor.
            assert(idleWakes < 10_000, "the server is woken without anything to do")
            idleWakes += 1
            switch ready.token {
            case 0: try acceptClients()
            case 1: close()
            default:
                guard let connection = connections[ready.token] else { break }
                if ready.isWritable { flush(connection) }
                guard connection.turn != .listed, connection.state != .closed else { break }
                if ready.isReadable { receive(from: connection) }
            }
            return
        }
        flushAll()
        // Sending may have ended a connection, or made room for the replies of one that waits.
        guard queued.isEmpty, !turns.goOn() else { return }
        if turns.isEmpty {
            let wake = [deadlines.earliest, acceptAgain, end].compactMap { $0 }.min()
            try poller.wait(timeout: wake.map { $0 - .now })
        } else {
            try poller.wait(timeout: .zero)
        }
        turns.noteLook()
        now = .now
        if let again = acceptAgain, again <= now { try resumeAccepting() }
        lookAtDeadlines()
    }
}
