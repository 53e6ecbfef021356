import CSystem

/// The sockets of the machine on which programs wait.
///
/// Files: `/proc/net/udp` and `udp6` of proc(5); for TCP sock_diag(7).
enum SocketTable {
    /// Returns the ports of the sockets whose numbers are in `nodes`, sorted; nil if the system does
    /// not tell.
    static func ports(of nodes: Set<UInt64>) -> [ListeningPort]? {
        var list = [system_bound_socket](repeating: system_bound_socket(), count: 4_096)
        let count = Int(system_bound_sockets(&list, Int32(list.count)))
        guard count >= 0 else { return nil }
        let found = list.prefix(count).filter { nodes.contains($0.node) }
        return Set(
            found.map {
                ListeningPort(isDatagram: $0.is_datagram, host: host($0), port: Int($0.port))
            }
        ).sorted()
    }

    /// Returns the memory that unread datagrams take at a port; nil if there is no such port.
    static func unreadDatagrams(at port: Int) -> Int? {
        var list = [system_bound_socket](repeating: system_bound_socket(), count: 4_096)
        let count = Int(system_bound_sockets(&list, Int32(list.count)))
        let found = list.prefix(max(0, count)).filter { $0.is_datagram && $0.port == Int32(port) }
        return found.map { Int($0.unread) }.max()
    }

    private static func host(_ socket: system_bound_socket) -> String {
        var text = [CChar](repeating: 0, count: 64)
        return withUnsafeBytes(of: socket.address) { address in
            let family = socket.is_ipv6 ? AF_INET6 : AF_INET
            guard inet_ntop(family, address.baseAddress, &text, socklen_t(text.count)) != nil
            else { return "?" }
            return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        }
    }
}
