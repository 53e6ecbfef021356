import CSystem

extension SocketAddress {
    /// The network of one subscriber: an IPv4 address such as `192.0.2.7`, or all IPv6 addresses
    /// with the same first 64 bits, such as `2001:db8:0:7::/64`.
    ///
    /// A limit for each network cannot be escaped with another address of one's own. An IPv4
    /// address in the form of IPv6 (`::ffff:192.0.2.7`, RFC 4291) is a network by itself.
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
