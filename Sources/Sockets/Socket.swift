import CSystem

/// A TCP or UDP socket, IPv4 or IPv6, like the sheets' `socket.socket`.
///
/// It belongs to one thread at a time. It closes itself when the last reference to it is gone.
public final class Socket: Hashable {
    /// How a socket carries bytes.
    public enum Kind: Sendable {
        /// TCP, `SOCK_STREAM`: a stream of bytes that does not show where a message ends.
        case stream
        /// UDP, `SOCK_DGRAM`: messages that may be lost, doubled or out of order.
        case datagram
    }

    /// The direction of a connection that is to end.
    public enum Direction: Sendable {
        case receiving, sending, both
    }

    /// How long a call waits if it cannot be completed at once.
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
    /// The address of the other end, once it is known; error texts name it.
    public private(set) var peer: SocketAddress?
    private(set) var waiting = Waiting.forever
    /// A datagram comes in here, and is then copied into an array of its own length.
    @exclusivity(unchecked) var datagramBuffer: [UInt8] = []
    /// The finished connections of the server that serves one client after another and has this
    /// socket as its listener or client.
    var departures: Departures?

    /// Opens a socket, like `socket.socket(AF_INET, SOCK_STREAM)`.
    ///
    /// - Throws: `SocketError` for `socket`, for example if the process has no descriptor left.
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
    /// - Throws: `SocketError` for `bind`: the port is in use, or needs privileges since it is
    ///   below 1024; the address is not this machine's.
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
    /// - Parameter backlog: How many connections may wait to be accepted, from 0 to the system's
    ///   limit (4,096 on Linux); the kernel holds off any more.
    /// - Throws: `SocketError` for `listen`.
    ///
    /// System call: `listen(2)`.
    public func listen(backlog: Int = 4_096) throws(SocketError) {
        let address = try? localAddress
        _ = try systemCall(.listen, at: address) {
            CSystem.listen(descriptor, Int32(clamping: backlog))
        }
    }

    /// Accepts the next of the clients that wait.
    ///
    /// It passes over clients that have gone while they waited.
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

    /// Errors of accept that concern a client that has gone, not the listener: see `accept(2)`.
    private static let lostWhileWaiting = [
        ECONNABORTED, EPROTO, ENOPROTOOPT, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH,
    ]

    /// Connects to a server; for UDP, only notes the address to send to and to receive from.
    ///
    /// - Returns: Whether the connection stands. A socket that does not block may return `false`:
    ///   call `checkConnected()` once it is writable.
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

    /// Throws the error of a connect that was under way, if it has failed.
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
    /// After `.sending`, the peer receives the end of the stream, and can still answer.
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
    /// If there is unread input, the kernel resets the connection, and the peer may lose the last
    /// bytes sent to it.
    ///
    /// System call: `close(2)`.
    public func close() {
        guard descriptor >= 0 else { return }
        // No second try after EINTR: the descriptor is closed, and its number may already belong to
        // another file.
        _ = CSystem.close(descriptor)
        descriptor = -1
    }

    /// Hands the descriptor over to a new object; this object is closed then.
    func handOver() -> Socket {
        let heir = Socket(adopting: descriptor, family: family, kind: kind, peer: peer)
        heir.waiting = waiting
        descriptor = -1
        return heir
    }

    /// Closes the socket so that the peer learns of a failure: its receive fails with
    /// `connection reset by peer`, where after `close()` it would find the end of the stream.
    ///
    /// System call: `setsockopt(2)` with `SO_LINGER` 0, then `close(2)`.
    public func reset() {
        var off = linger(l_onoff: 1, l_linger: 0)
        _ = setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &off, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// The address of this end, with the port that the system chose.
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

    /// The address of the other end, even after the peer has reset the connection.
    ///
    /// System call: `getpeername(2)`, unless the address is known already.
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

    /// Whether both are the same object. So sockets can be the keys of a dictionary.
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
