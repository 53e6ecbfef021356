import Sockets
import Synchronization

/// Free ports for the programs that are judged.
enum Ports {
    /// Below the ports that systems give to clients, so that no connection takes one meanwhile.
    private static let range = 20_000..<32_000
    /// Several judges on one machine begin at places of their own.
    private static let next = Mutex(Int.random(in: range))

    /// A port at which neither TCP nor UDP listens.
    ///
    /// - Throws: A miss of the judge's own if there is none.
    static func free() throws(Miss) -> Int {
        for _ in range {
            let port = next.withLock { next in
                next = next + 1 < range.upperBound ? next + 1 : range.lowerBound
                return next
            }
            if isFree(port) { return port }
        }
        throw .notJudged("no port from \(range.lowerBound) to \(range.upperBound - 1) is free")
    }

    private static func isFree(_ port: Int) -> Bool {
        for (host, family) in [("0.0.0.0", AddressFamily.ipv4), ("::", .ipv6)] {
            guard let address = SocketAddress(host, port: port) else { return false }
            for kind in [Socket.Kind.stream, .datagram] {
                do {
                    let socket = try Socket(family, kind)
                    try socket.bind(to: address)
                } catch {
                    // Without IPv6 there is nothing to take.
                    if family == .ipv4 { return false }
                }
            }
        }
        return true
    }
}
