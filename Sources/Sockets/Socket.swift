import CSystem

/// A TCP or UDP socket, IPv4 or IPv6, as the sheets' `socket.socket`.
///
/// Belongs to one thread at a time. Closes itself when the last reference goes.
public final class Socket: Hashable {
    /// How a socket carries bytes.
    public enum Kind: Sendable {
        /// TCP, `SOCK_STREAM`: a stream of bytes that keeps no message's limits.
        case stream
        /// UDP, `SOCK_DGRAM`: messages that may be lost, doubled or out of order.
        case datagram
    }

    /// Which direction of a connection ends.
    public enum Direction: Sendable {
        case receiving, sending, both
    }

    /// What a call does when it cannot be completed at once.
    enum Waiting: Equatable {
        case forever
        case never
        case atMost(Duration)
    }

    /// The internet protocol.
    public let family: AddressFamily
    /// TCP or UDP.
    public let kind: Kind
    /// The kernel's number for this socket; -1 once it is closed.
    // A plain number, read at each call: no access to it can overlap another.
    @exclusivity(unchecked) public private(set) var descriptor: Int32
    /// The other end, once it is known; it stands in error texts.
    public private(set) var peer: SocketAddress?
    private(set) var waiting = Waiting.forever
    /// Where a datagram is received before it is copied at its own length.
    var datagramBuffer: [UInt8] = []
    /// What hears this connection out after its end, if it belongs to an iterative server.
    var departures: Departures?

    /// Opens a socket, like `socket.socket(AF_INET, SOCK_STREAM)`.
    ///
    /// - Throws: `SocketError` for `socket`, as when the process has no descriptor left.
    ///
    /// System call: `socket(2)`.
    public init(_ family: AddressFamily, _ kind: Kind) throws(SocketError) {
        let opened = try systemCall(.socket) { system_socket(family.code, kind == .datagram) }
        self.descriptor = opened ?? -1
        self.family = family
        self.kind = kind
    }

    /// Takes over an open descriptor.
    init(adopting descriptor: Int32, family: AddressFamily, kind: Kind, peer: SocketAddress?) {
        self.descriptor = descriptor
        self.family = family
        self.kind = kind
        self.peer = peer
    }

    deinit { close() }

    /// Gives the socket an address of this machine; port 0 lets the system choose.
    ///
    /// - Throws: `SocketError` for `bind`: in use, below 1024 without privileges, not this
    ///   machine's.
    ///
    /// System call: `bind(2)`.
    public func bind(to address: SocketAddress) throws(SocketError) {
        _ = try systemCall(.bind, at: address) {
            var storage = address.storage
            return system_bind(descriptor, &storage, address.length)
        }
    }

    /// Lets clients connect.
    ///
    /// - Parameter backlog: How many connections may wait to be accepted, 0 to what the system
    ///   allows (4,096 on Linux); more are held off.
    /// - Throws: `SocketError` for `listen`.
    ///
    /// System call: `listen(2)`.
    public func listen(backlog: Int = 4_096) throws(SocketError) {
        let address = try? localAddress
        _ = try systemCall(.listen, at: address) {
            CSystem.listen(descriptor, Int32(clamping: backlog))
        }
    }

    /// Takes the next client from those that wait.
    ///
    /// A client that has gone while it waited is passed over.
    ///
    /// - Returns: The client's socket, which blocks, and its address; `nil` if no client waits
    ///   and this socket does not block.
    /// - Throws: `SocketError` for `accept`: timed out, or no descriptor left.
    ///
    /// System call: `accept(2)`.
    public func accept() throws(SocketError) -> sending (client: Socket, address: SocketAddress)? {
        var address = SocketAddress()
        while true {
            do throws(SocketError) {
                let accepted = try complete(.accept, for: .reading) {
                    system_accept(descriptor, &address.storage, &address.length)
                }
                guard let accepted else { return nil }
                let client = Socket(adopting: accepted, family: family, kind: kind, peer: address)
                return (client, address)
            } catch {
                guard Self.lostWhileWaiting.contains(error.code) else { throw error }
            }
        }
    }

    /// What accept tells of a client that has gone, not of the listener: see `accept(2)`.
    private static let lostWhileWaiting = [
        ECONNABORTED, EPROTO, ENOPROTOOPT, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH,
    ]

    /// Connects to a server; for UDP, only notes whom to send to and whom to hear.
    ///
    /// - Returns: Whether the connection stands. `false` only from a socket that does not block:
    ///   then it does once the socket becomes writable and `pendingError()` finds none.
    /// - Throws: `SocketError` for `connect`: refused, unreachable, timed out.
    ///
    /// System call: `connect(2)`.
    @discardableResult
    public func connect(to address: SocketAddress) throws(SocketError) -> Bool {
        peer = address
        var storage = address.storage
        let result = system_connect(descriptor, &storage, address.length)
        let code = result == 0 ? 0 : system_errno()
        switch code {
        case 0: return true
        // An interrupted connect goes on by itself; to call again would be an error.
        case EINPROGRESS, EINTR:
            if waiting == .never { return false }
            guard try waitUntilReady(for: .writing, until: deadline) else {
                throw SocketError(.connect, at: address, code: ETIMEDOUT)
            }
            try checkConnected()
            return true
        default: throw SocketError(.connect, at: address, code: code)
        }
    }

    /// Throws what has happened to a connection that was under way.
    ///
    /// - Throws: `SocketError` for `connect`.
    ///
    /// System call: `getsockopt(2)` with `SO_ERROR`.
    public func checkConnected() throws(SocketError) {
        let code = try option(.error)
        if code != 0 { throw SocketError(.connect, at: peer, code: Int32(code)) }
    }

    /// Ends one direction of a connection, or both; the socket stays open.
    ///
    /// After `.sending`, the peer's receive finds the end of the stream, and can still answer.
    ///
    /// - Throws: `SocketError` for `shutdown`: `ENOTCONN` if the peer has reset the connection.
    ///
    /// System call: `shutdown(2)`.
    public func shutdown(_ direction: Direction) throws(SocketError) {
        let how =
            switch direction {
            case .receiving: Int32(SHUT_RD)
            case .sending: Int32(SHUT_WR)
            case .both: Int32(SHUT_RDWR)
            }
        _ = try systemCall(.shutdown, at: peer) { CSystem.shutdown(descriptor, how) }
    }

    /// Closes the socket. A second call does nothing.
    ///
    /// Input that nobody has read makes the kernel reset the connection, and the peer may then
    /// lose the last bytes sent to it.
    ///
    /// System call: `close(2)`.
    public func close() {
        guard descriptor >= 0 else { return }
        // Not retried after EINTR: the descriptor is gone, and its number may be another's.
        _ = CSystem.close(descriptor)
        descriptor = -1
    }

    /// Hands the descriptor over to another object; this one is closed then.
    func handOver() -> Socket {
        let heir = Socket(adopting: descriptor, family: family, kind: kind, peer: peer)
        heir.waiting = waiting
        descriptor = -1
        return heir
    }

    /// Closes the socket so that the peer is told of a failure: its receive says
    /// `connection reset by peer` where `close()` would have said end of stream.
    ///
    /// System call: `setsockopt(2)` with `SO_LINGER` 0, then `close(2)`.
    public func reset() {
        var off = linger(l_onoff: 1, l_linger: 0)
        _ = setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &off, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// This end's address, with the port the system chose.
    ///
    /// System call: `getsockname(2)`.
    public var localAddress: SocketAddress {
        get throws(SocketError) {
            var address = SocketAddress()
            _ = try systemCall(.option) {
                system_local_address(descriptor, &address.storage, &address.length)
            }
            return address
        }
    }

    /// The other end's address, also once the peer has reset the connection.
    ///
    /// System call: `getpeername(2)`, unless it is known already.
    public var remoteAddress: SocketAddress {
        get throws(SocketError) {
            if let peer { return peer }
            var address = SocketAddress()
            _ = try systemCall(.option) {
                system_remote_address(descriptor, &address.storage, &address.length)
            }
            return address
        }
    }

    /// Whether two are the very same socket, so that a dictionary can keep what belongs to each.
    public static func == (left: Socket, right: Socket) -> Bool { left === right }

    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

    func setWaiting(_ waiting: Waiting) throws(SocketError) {
        let blocks = waiting == .forever
        if blocks != (self.waiting == .forever) {
            _ = try systemCall(.option) { system_set_nonblocking(descriptor, !blocks) }
        }
        self.waiting = waiting
    }
}
