import CSystem

/// The sockets of the machine on which programs wait.
///
/// Files: `/proc/net/udp` and `udp6` of proc(5); for TCP sock_diag(7).
enum SocketTable {
    /// Returns the ports of the sockets whose numbers are in `nodes`, sorted; nil if the system does
    /// not tell.
    static func ports(of nodes: Set<UInt64>) -> [ListeningPort]? {
        guard let found = all?.filter({ nodes.contains($0.node) }) else { return nil }
        return Set(
            found.map {
                ListeningPort(isDatagram: $0.is_datagram, host: host($0), port: Int($0.port))
            }
        ).sorted()
    }

    /// Returns the memory that unread datagrams take at a port; nil if there is no such port.
    static func unreadDatagrams(at port: Int) -> Int? {
        let found = all?.filter { $0.is_datagram && $0.port == Int32(port) } ?? []
        return found.map { Int($0.unread) }.max()
    }

    /// Returns the numbers of the TCP sockets that listen at a port.
    static func listeners(at port: Int) -> [UInt64] {
        (all ?? []).filter { !$0.is_datagram && $0.port == Int32(port) }.map { $0.node }
    }

    /// All of them; nil if the system does not tell.
    private static var all: [system_bound_socket]? {
        var capacity = 1_024
        while true {
            var list = [system_bound_socket](repeating: system_bound_socket(), count: capacity)
            let count = Int(system_bound_sockets(&list, Int32(capacity)))
            guard count >= 0 else { return nil }
            // A program may listen on thousands of ports.
            if count < capacity { return Array(list.prefix(count)) }
            capacity *= 4
        }
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
