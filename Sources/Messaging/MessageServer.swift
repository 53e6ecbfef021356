import Protocol
import Sockets

/// Serves many peers on one thread, none of which can stop, slow or confuse it.
///
/// It accepts, receives, finds the messages in the bytes, and sends what the exercise queues;
/// the exercise pulls events and keeps its own loop. What a peer does wrong (half a message, a
/// reset, silence, a full window) ends that peer alone. SIGINT and SIGTERM end the loop in good
/// order.
///
/// What is done for every message can be inlined, so that it is compiled for the exercise's framing.
public final class MessageServer<Format: Framing> {
    /// What happened.
    public enum Event {
        /// A peer has sent its first whole message, which follows, and has its number now.
        case joined(Peer<Format>)
        /// A peer sent messages, at least one: what has come since the last time, or the part of it
        /// that its turn has time for.
        case received(Messages<Format>, from: Peer<Format>)
        /// The content given to a peer has left, whole.
        case sent(to: Peer<Format>)
        /// A connection has ended, in whichever way. Comes once for each, also where no
        /// message came before it: a port probe.
        ///
        /// A peer that has ended its stream in good order may still be sent a last word now.
        case disconnected(Peer<Format>)
    }

    @usableFromInline let loop: ConnectionLoop
    /// Messages of a peer whose `joined` has just been told.
    @usableFromInline
    var held: (messages: Messages<Format>, peer: Peer<Format>)?

    /// Listens, so that clients can connect from now on.
    ///
    /// - Parameters:
    ///   - framing: How messages lie in the stream; each peer gets a copy of its own.
    ///   - endpoint: Where to listen: the first address of a host; port 0 lets the system choose.
    ///   - timeout: How long a peer may keep the rest of a begun message back, or leave content
    ///     unread; above 0 s.
    ///   - pause: How long a silence ends a message that may end at one; 0 s turns this off.
    ///   - outboxLimit: How many bytes may wait for a peer before it is cut off.
    ///   - mechanism: The system call to wait with.
    ///   - log: Gets a line for each failure of a client, and while descriptors run out.
    ///   - trace: Gets a line for each message.
    /// - Throws: `SocketError`: the host has no address, or it is in use, not allowed, or not this machine's.
    public init(
        _ framing: Format, on endpoint: (host: String, port: Int),
        timeout: Duration = .seconds(30), pause: Duration = .milliseconds(250),
        outboxLimit: Int = 1_048_576, poller mechanism: Poller.Mechanism = .best,
        log: @escaping (String) -> Void, trace: ((String) -> Void)? = nil
    ) throws(SocketError) {
        loop = try ConnectionLoop(
            on: .first(of: endpoint),
            limits: .init(timeout: timeout, pause: pause, outbox: outboxLimit), poller: mechanism,
            log: log, trace: trace
        ) { Peer<Format>($0, framing: framing) }
    }

    deinit { loop.removeAll() }

    /// Where the server listens, with the port the system chose.
    public var address: SocketAddress { loop.address }

    /// How many connections there are, silent ones included, whose `.disconnected` has not been
    /// told: at the last one's it is 0, however many have ended at the same time.
    public var connectionCount: Int { loop.connectionCount }

    /// If set, a connection that has sent no message for so long since then is closed.
    public var idleLimit: Duration? {
        get { loop.idleLimit }
        set { loop.idleLimit = newValue }
    }

    /// Waits for the next event.
    ///
    /// - Returns: `nil` once the server was told to stop, by SIGINT, SIGTERM or `close()`; by
    ///   then every socket is closed, and what was queued has left where the peer took it.
    /// - Throws: `SocketError` if the system refuses to wait or to accept for good.
    @inlinable
    public func nextEvent() throws(SocketError) -> Event? {
        if let (messages, peer) = held {
            held = nil
            if peer.isOpen { return .received(messages, from: peer) }
        }
        while let event = try loop.nextEvent() {
            switch event {
            case .sent(let connection): return .sent(to: peer(connection))
            case .ended(let connection): return .disconnected(peer(connection))
            case .input(let connection):
                let peer = peer(connection)
                guard let message = peer.takeFirst() else { continue }
                let messages = Messages(message, from: peer)
                if peer.number > 0 { return .received(messages, from: peer) }
                loop.number(peer)
                held = (messages, peer)
                return .joined(peer)
            }
        }
        return nil
    }

    /// Closes every connection in good order: what is queued leaves, and no peer is reset that
    /// does not insist on it. Takes a second at most.
    public func close() { loop.close() }

    /// Every connection of the loop was made by the closure in `init`.
    @inlinable
    func peer(_ connection: Connection) -> Peer<Format> {
        unsafeDowncast(connection, to: Peer<Format>.self)
    }
}
