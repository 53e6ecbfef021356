import CSystem

extension SocketAddress {
    /// What one subscriber has: an IPv4 address, or the first 64 bits of an IPv6 address, since they
    /// have all the addresses that begin so: `192.0.2.7`, `2001:db8:0:7::/64`.
    ///
    /// For a limit that nobody escapes by taking another of their own addresses. An IPv4 address in
    /// the form of IPv6 (`::ffff:192.0.2.7`, RFC 4291) stands for itself.
    public var network: String {
        guard family == .ipv6 else { return host }
        var network = self
        let isIPv4 = withUnsafeMutableBytes(of: &network.storage.sin6_addr) { bytes in
            if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
                return true
            }
            for place in 8..<16 { bytes[place] = 0 }
            return false
        }
        return isIPv4 ? host : "\(network.host)/64"
    }
}
