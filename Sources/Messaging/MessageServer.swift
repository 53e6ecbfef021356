import Protocol
import Sockets

/// Serves many peers on one thread; none of them can stop, slow or confuse it.
///
/// It accepts, receives, finds the messages in the bytes, and sends the messages that the exercise
/// queues. The exercise pulls events and keeps its own loop. If a peer breaks the rules (half a
/// message, a reset, silence, a full window), only its own connection ends. SIGINT and SIGTERM end
/// the loop in good order.
///
/// The functions for each message can be inlined, so that they are compiled for the exercise's
/// framing.
public final class MessageServer<Format: Framing> {
    /// Something that has happened to a peer.
    public enum Event {
        /// A peer has sent its first whole message, which follows, and has its number now.
        case joined(Peer<Format>)
        /// A peer sent messages, at least one: all that have come since the last time, or as many
        /// as its turn has time for.
        case received(Messages<Format>, from: Peer<Format>)
        /// The content given to a peer has left, whole.
        case sent(to: Peer<Format>)
        /// A connection has ended in some way. This comes once for each connection, even for a port
        /// probe, which sends no message before.
        ///
        /// If the peer has ended its stream in good order, the exercise may now send a last word.
        case disconnected(Peer<Format>)
    }

    @usableFromInline let loop: ConnectionLoop
    /// The messages that follow a `joined`.
    @usableFromInline
    var held: (messages: Messages<Format>, peer: Peer<Format>)?

    /// Listens, so that clients can connect from now on.
    ///
    /// - Parameters:
    ///   - framing: How messages lie in the stream; each peer gets a copy of its own.
    ///   - endpoint: Where to listen: the first address of a host; port 0 lets the system choose.
    ///   - timeout: How long a peer may keep back the rest of a message, or leave content unread;
    ///     above 0 s.
    ///   - pause: The silence that ends a message that may end at one; 0 s turns this off.
    ///   - outboxLimit: How many bytes may wait for a peer before it is cut off.
    ///   - mechanism: The system call to wait with.
    ///   - log: Gets a line for each failure of a client, and when descriptors run out.
    ///   - trace: Gets a line for each message.
    /// - Throws: `SocketError`: the host has no address, or the address is in use, not allowed, or
    ///   not this machine's.
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

    /// How many connections have not had their `.disconnected` yet, silent ones included. At the
    /// last `.disconnected` it is 0, even if several connections have ended at the same time.
    public var connectionCount: Int { loop.connectionCount }

    /// If set, a connection that sends no message for so long is closed. Silence before it was set
    /// does not count.
    public var idleLimit: Duration? {
        get { loop.idleLimit }
        set { loop.idleLimit = newValue }
    }

    /// Waits for the next event.
    ///
    /// - Returns: `nil` once SIGINT, SIGTERM or `close()` has told the server to stop. By then
    ///   every socket is closed, and all queued messages have left that the peers took in time.
    /// - Throws: `SocketError` if the system cannot wait or accept any more.
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

    /// Closes every connection in good order: queued messages leave, and only a connection whose
    /// peer does not take them in time is reset. It takes a second at most.
    public func close() { loop.close() }

    /// The closure in `init` has made every connection of the loop, each as a `Peer<Format>`.
    @inlinable
    func peer(_ connection: Connection) -> Peer<Format> {
        unsafeDowncast(connection, to: Peer<Format>.self)
    }
}
