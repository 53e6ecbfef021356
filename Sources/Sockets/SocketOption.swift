import CSystem

/// A socket option: its level and its name at that level.
///
/// Python's `s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)` is
/// `socket.setOption(.reuseAddress, to: 1)` here. Make an option that is not listed from its
/// numbers.
public struct SocketOption: Equatable, Sendable {
    /// The protocol layer that an option belongs to.
    public struct Level: Equatable, Sendable {
        let code: Int32

        /// The socket API, `SOL_SOCKET`.
        public static let socket = Level(code: SOL_SOCKET)
        /// The internet protocol, `IPPROTO_IP`.
        public static let ip = Level(code: Int32(IPPROTO_IP))
        /// The internet protocol, version 6, `IPPROTO_IPV6`.
        public static let ipv6 = Level(code: Int32(IPPROTO_IPV6))
        /// TCP, `IPPROTO_TCP`.
        public static let tcp = Level(code: Int32(IPPROTO_TCP))
    }

    /// The layer that the option belongs to.
    public let level: Level
    /// The system's number of the option at that layer.
    public let name: Int32

    /// Makes an option from its numbers.
    public init(_ level: Level, _ name: Int32) {
        self.level = level
        self.name = name
    }

    /// Whether a port may be bound again while old connections linger, `SO_REUSEADDR`.
    public static let reuseAddress = SocketOption(.socket, SO_REUSEADDR)
    /// Whether several sockets may share a port, `SO_REUSEPORT`.
    public static let reusePort = SocketOption(.socket, SO_REUSEPORT)
    /// Whether a silent peer is asked for signs of life, `SO_KEEPALIVE`.
    public static let keepAlive = SocketOption(.socket, SO_KEEPALIVE)
    /// Whether datagrams may go to every host of a network, `SO_BROADCAST`.
    public static let broadcast = SocketOption(.socket, SO_BROADCAST)
    /// The kernel's buffer for input, in bytes, `SO_RCVBUF`; Linux doubles the value that is set.
    public static let receiveBuffer = SocketOption(.socket, SO_RCVBUF)
    /// The kernel's buffer for output, in bytes, `SO_SNDBUF`; Linux doubles the value that is set.
    public static let sendBuffer = SocketOption(.socket, SO_SNDBUF)
    /// The fewest bytes that make a receive ready, `SO_RCVLOWAT`.
    public static let receiveLowWater = SocketOption(.socket, SO_RCVLOWAT)
    /// How long a receive waits, a `timeval` of seconds and microseconds, `SO_RCVTIMEO`.
    public static let receiveTimeout = SocketOption(.socket, SO_RCVTIMEO)
    /// How long a send waits, a `timeval` of seconds and microseconds, `SO_SNDTIMEO`.
    public static let sendTimeout = SocketOption(.socket, SO_SNDTIMEO)
    /// How `close` treats unsent bytes, a `linger` of on or off and seconds, `SO_LINGER`.
    public static let linger = SocketOption(.socket, SO_LINGER)
    /// Whether urgent data stays in the stream, `SO_OOBINLINE`.
    public static let outOfBandInline = SocketOption(.socket, SO_OOBINLINE)
    /// Whether packets go past the routing table, `SO_DONTROUTE`.
    public static let dontRoute = SocketOption(.socket, SO_DONTROUTE)
    /// The system's number of the socket's kind, to be read only, `SO_TYPE`.
    public static let type = SocketOption(.socket, SO_TYPE)
    /// The error that no call has reported yet, an errno; reading it clears it, `SO_ERROR`.
    public static let error = SocketOption(.socket, SO_ERROR)
    /// How many routers a packet may pass, 1 to 255, `IP_TTL`.
    public static let timeToLive = SocketOption(.ip, IP_TTL)
    /// The service that packets ask of routers, 0 to 255, `IP_TOS`.
    public static let typeOfService = SocketOption(.ip, IP_TOS)
    /// Whether an IPv6 socket refuses IPv4, `IPV6_V6ONLY`.
    public static let ipv6Only = SocketOption(.ipv6, IPV6_V6ONLY)
    /// Whether short segments leave at once, `TCP_NODELAY`.
    public static let noDelay = SocketOption(.tcp, TCP_NODELAY)
    /// The most bytes of a segment, `TCP_MAXSEG`.
    public static let maximumSegment = SocketOption(.tcp, TCP_MAXSEG)
    /// Seconds between signs of life, `TCP_KEEPINTVL`.
    public static let keepAliveInterval = SocketOption(.tcp, TCP_KEEPINTVL)
    /// How many signs of life may stay unanswered, `TCP_KEEPCNT`.
    public static let keepAliveCount = SocketOption(.tcp, TCP_KEEPCNT)
    /// Seconds of silence before the first sign of life, `TCP_KEEPIDLE` (Darwin: `TCP_KEEPALIVE`).
    public static let keepAliveIdle = SocketOption(.tcp, system_keep_alive_idle())
    /// Whether segments are acknowledged at once, `TCP_QUICKACK`: Linux's, `nil` elsewhere.
    public static let quickAcknowledgement =
        system_quick_acknowledgement() < 0
        ? nil : SocketOption(.tcp, system_quick_acknowledgement())
}

extension Socket {
    /// Sets an option that is a number; 0 turns a switch off, any other number turns it on.
    ///
    /// - Throws: `SocketError` for `option`.
    ///
    /// System call: `setsockopt(2)`.
    public func setOption(_ option: SocketOption, to value: Int) throws(SocketError) {
        let number = Int32(clamping: value)
        try setOption(option, toBytes: withUnsafeBytes(of: number) { [UInt8]($0) })
    }

    /// Sets an option to the bytes of its C structure.
    ///
    /// - Throws: `SocketError` for `option`.
    ///
    /// System call: `setsockopt(2)`.
    public func setOption(_ option: SocketOption, toBytes bytes: [UInt8]) throws(SocketError) {
        _ = try systemCall(.option) {
            setsockopt(
                descriptor, option.level.code, option.name, bytes, socklen_t(bytes.count))
        }
    }

    /// Reads an option that is a number.
    ///
    /// - Throws: `SocketError` for `option`.
    ///
    /// System call: `getsockopt(2)`.
    public func option(_ option: SocketOption) throws(SocketError) -> Int {
        var number: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        _ = try systemCall(.option) {
            getsockopt(descriptor, option.level.code, option.name, &number, &length)
        }
        return Int(number)
    }

    /// Reads an option as the bytes of its C structure.
    ///
    /// - Parameter count: The most bytes to read.
    /// - Throws: `SocketError` for `option`.
    ///
    /// System call: `getsockopt(2)`.
    public func optionBytes(_ option: SocketOption, count: Int) throws(SocketError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var length = socklen_t(count)
        _ = try systemCall(.option) {
            getsockopt(descriptor, option.level.code, option.name, &bytes, &length)
        }
        return [UInt8](bytes.prefix(Int(length)))
    }

    /// Lets the kernel find out in two minutes that the peer's machine is gone: after 60 s of
    /// silence it asks 4 times, 15 s apart.
    ///
    /// - Throws: `SocketError` for `option`.
    ///
    /// System call: `setsockopt(2)` with `SO_KEEPALIVE`; RFC 9293, section 3.8.4.
    public func keepAlive() throws(SocketError) {
        try setOption(.keepAlive, to: 1)
        try setOption(.keepAliveIdle, to: 60)
        try setOption(.keepAliveCount, to: 4)
        try setOption(.keepAliveInterval, to: 15)
    }
}
