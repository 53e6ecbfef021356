import CSystem

/// One row of the system's answer about a host and a service.
public struct AddressInformation: Sendable {
    /// The kind of socket that a row is for.
    public enum SocketType: String, Sendable {
        case stream, datagram, raw
    }

    /// The address, with the service's port.
    public let address: SocketAddress
    /// The kind of socket for this address.
    public let socketType: SocketType
    /// The protocol's number: 6 is TCP, 17 is UDP.
    public let protocolNumber: Int

    /// Looks up every address of a host, with a service's port.
    ///
    /// - Parameters:
    ///   - host: A name, or an address in numbers; `nil` for this machine's own loopback.
    ///   - service: A service name such as `http`, or a port, 0 to 65,535; `nil` for port 0.
    /// - Returns: The rows in the system's order.
    /// - Throws: `SocketError` for `resolve`.
    ///
    /// System call: `getaddrinfo(3)`.
    public static func find(_ host: String?, service: String?) throws(SocketError) -> [Self] {
        // The system would read 70000 as 4464, its remainder after 65,536, and an empty text as 0.
        if let service, UInt16(service) == nil, service.allSatisfy({ ("0"..."9").contains($0) }) {
            throw SocketError(resolving: host, service, code: EAI_SERVICE)
        }
        return try lookUp(host, service, flags: 0)
    }

    static func find(
        _ host: String, port: Int, numeric: Bool = false
    ) throws(SocketError) -> [Self] {
        try lookUp(host, String(port), flags: AI_NUMERICSERV | (numeric ? AI_NUMERICHOST : 0))
    }

    private static func lookUp(
        _ host: String?, _ service: String?, flags: Int32
    ) throws(SocketError) -> [Self] {
        var hints = addrinfo()
        hints.ai_flags = flags
        var list: UnsafeMutablePointer<addrinfo>?
        var code = getaddrinfo(host, service, &hints, &list)
        // EAI_SYSTEM stands for the error in errno: EINTR if a signal interrupted the look-up.
        while code == EAI_SYSTEM, system_errno() == EINTR {
            code = getaddrinfo(host, service, &hints, &list)
        }
        guard code == 0 else { throw SocketError(resolving: host, service, code: code) }
        defer { freeaddrinfo(list) }
        return sequence(first: list) { $0?.pointee.ai_next }.prefix { $0 != nil }
            .compactMap { $0.flatMap { Self($0.pointee) } }
    }

    private init?(_ row: addrinfo) {
        guard row.ai_family == AF_INET || row.ai_family == AF_INET6, let bytes = row.ai_addr,
            Int(row.ai_addrlen) <= MemoryLayout<sockaddr_in6>.size
        else { return nil }
        var address = SocketAddress()
        memcpy(&address.storage, bytes, Int(row.ai_addrlen))
        address.length = row.ai_addrlen
        self.address = address
        switch row.ai_socktype {
        case system_stream_type(): socketType = .stream
        case system_datagram_type(): socketType = .datagram
        default: socketType = .raw
        }
        protocolNumber = Int(row.ai_protocol)
    }
}

extension SocketAddress {
    /// Looks up the addresses of a host, IPv4 before IPv6.
    ///
    /// IPv4 goes first because a server on `localhost` that listened at `::1` would refuse every
    /// client that knows only `AF_INET`.
    ///
    /// - Parameter endpoint: The host, a name or an address in numbers; the port, 0 to 65,535.
    /// - Returns: At least one address.
    /// - Throws: `SocketError` for `resolve`.
    ///
    /// System call: `getaddrinfo(3)`.
    public static func resolve(
        _ endpoint: (host: String, port: Int)
    ) throws(SocketError) -> [SocketAddress] {
        let found = try AddressInformation.find(endpoint.host, port: endpoint.port)
            .filter { $0.socketType == .stream }.map(\.address)
        guard !found.isEmpty else { throw SocketError(resolving: endpoint.host, code: EAI_NONAME) }
        return found.filter { $0.family == .ipv4 } + found.filter { $0.family == .ipv6 }
    }

    /// Looks up the address that a server or a UDP client uses for a host: the first of
    /// `resolve(_:)`.
    ///
    /// - Throws: `SocketError` for `resolve`.
    ///
    /// System call: `getaddrinfo(3)`.
    public static func first(
        of endpoint: (host: String, port: Int)
    ) throws(SocketError) -> SocketAddress {
        guard let first = try resolve(endpoint).first else {
            throw SocketError(resolving: endpoint.host, code: EAI_NONAME)
        }
        return first
    }

    /// Looks up a host and tries each of its addresses in turn, IPv4 first, until one works.
    ///
    /// For a client: a name may have several addresses, and the server may listen on only one.
    ///
    /// - Parameters:
    ///   - endpoint: The host, a name or an address in numbers; the port, 1 to 65,535.
    ///   - attempt: Opens a socket and connects it. If it fails, it is called with the next
    ///     address.
    /// - Returns: The result of the first attempt that succeeds.
    /// - Throws: `SocketError` for `resolve`, or the error of the attempt with the first address.
    ///
    /// System call: `getaddrinfo(3)`.
    public static func tryEach<Result>(
        of endpoint: (host: String, port: Int),
        _ attempt: (SocketAddress) throws(SocketError) -> Result
    ) throws(SocketError) -> Result {
        var failure: SocketError?
        for address in try resolve(endpoint) {
            do throws(SocketError) {
                return try attempt(address)
            } catch {
                failure = failure ?? error
            }
        }
        throw failure ?? SocketError(resolving: endpoint.host, code: EAI_NONAME)
    }
}

/// Returns this machine's own name.
///
/// - Throws: `SocketError` for `resolve`.
///
/// System call: `gethostname(2)`.
public func hostName() throws(SocketError) -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else {
        throw SocketError(.resolve, code: system_errno())
    }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
