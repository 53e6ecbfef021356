import CSystem

/// The internet protocol of an address or a socket.
public enum AddressFamily: Sendable {
    /// IPv4, `AF_INET`.
    case ipv4
    /// IPv6, `AF_INET6`.
    case ipv6

    var code: Int32 { self == .ipv4 ? AF_INET : AF_INET6 }
}

/// One end of a conversation: an IPv4 or IPv6 address and a port.
public struct SocketAddress: Equatable, CustomStringConvertible, Sendable {
    /// The kernel's form, `sockaddr_in` or the longer `sockaddr_in6`: both begin with the family
    /// and the port. A `sockaddr_storage` would be more than four times as long, and each datagram
    /// copies its address.
    var storage = sockaddr_in6()
    /// How many bytes of `storage` are in use.
    var length: socklen_t = 0

    init() {}

    /// Makes an address from numbers, such as `127.0.0.1`, `::1` or `fe80::1%eth0`, and a port.
    ///
    /// - Returns: `nil` if `host` is not an address in numbers, or the port is not 0 to 65,535.
    ///
    /// System call: `getaddrinfo(3)` with `AI_NUMERICHOST`.
    public init?(_ host: String, port: Int) {
        guard (0...65_535).contains(port),
            let found = try? AddressInformation.find(host, port: port, numeric: true).first
        else { return nil }
        self = found.address
    }

    /// The internet protocol of this address.
    public var family: AddressFamily { Int32(storage.sin6_family) == AF_INET6 ? .ipv6 : .ipv4 }

    /// The address in numbers, without the port: `127.0.0.1`, `::1`, `fe80::1%eth0`.
    ///
    /// System call: `getnameinfo(3)` with `NI_NUMERICHOST`.
    public var host: String { nameInformation(flags: NI_NUMERICHOST) ?? "unknown" }

    /// The port, 0 to 65,535.
    public var port: Int {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                // The port lies in the same place in sockaddr_in and sockaddr_in6.
                Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        }
    }

    /// The address as it travels in a packet: 4 bytes, or 16 for IPv6.
    public var bytes: [UInt8] {
        withUnsafeBytes(of: storage) { all in
            // sin_addr lies 4 bytes into sockaddr_in, sin6_addr 8 bytes into sockaddr_in6.
            family == .ipv4 ? Array(all[4..<8]) : Array(all[8..<24])
        }
    }

    /// The address and port as people write them: `127.0.0.1:10000`, `[::1]:10000`.
    public var description: String {
        family == .ipv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// The address in the form of Python's `str(address)`: `('127.0.0.1', 62186)`; for IPv6 with
    /// flow information and scope: `('::1', 62186, 0, 0)`.
    public var pythonTuple: String {
        guard family == .ipv6 else { return "('\(host)', \(port))" }
        let (flow, scope) = withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                (UInt32(bigEndian: $0.pointee.sin6_flowinfo), $0.pointee.sin6_scope_id)
            }
        }
        return "('\(host)', \(port), \(flow), \(scope))"
    }

    /// Looks up the name of the host with this address.
    ///
    /// - Throws: `SocketError` for `reverseResolve` if the address has no name.
    ///
    /// System call: `getnameinfo(3)` with `NI_NAMEREQD`, today's `gethostbyaddr(3)`.
    public func hostName() throws(SocketError) -> String {
        guard let name = nameInformation(flags: NI_NAMEREQD) else {
            throw SocketError(.reverseResolve, at: self, code: EAI_NONAME)
        }
        return name
    }

    /// Compares family, address, port and scope; unused bytes do not count.
    public static func == (left: SocketAddress, right: SocketAddress) -> Bool {
        guard left.family == right.family, left.length == right.length else { return false }
        let significant =
            left.family == .ipv4 ? MemoryLayout<UInt64>.size : MemoryLayout<sockaddr_in6>.size
        return withUnsafeBytes(of: left.storage) { leftBytes in
            withUnsafeBytes(of: right.storage) { rightBytes in
                leftBytes.prefix(significant).elementsEqual(rightBytes.prefix(significant))
            }
        }
    }

    private func nameInformation(flags: Int32) -> String? {
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getnameinfo($0, length, &name, socklen_t(name.count), nil, 0, flags)
            }
        }
        guard code == 0 else { return nil }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
