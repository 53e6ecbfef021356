import Sockets
import Synchronization

/// A free port for a program that is judged, kept free of other judges as long as this lives.
final class Port {
    let number: Int
    /// Has the port's number in the other transport, in which the program does not listen.
    private let guardian: Socket

    /// Below the ports that systems give to clients, so that no connection takes one meanwhile.
    private static let range = 20_000..<32_000
    /// Several judges on one machine begin at places of their own.
    private static let next = Mutex(Int.random(in: range))

    /// Finds a port at which neither TCP nor UDP listens.
    ///
    /// - Parameter kind: The kind of socket that the program will have.
    /// - Throws: A miss of the judge's own if there is none.
    init(for kind: Socket.Kind) throws(Miss) {
        for _ in Self.range {
            let number = Self.next.withLock { next in
                next = next + 1 < Self.range.upperBound ? next + 1 : Self.range.lowerBound
                return next
            }
            guard Self.bound(number, kind, .ipv4) != nil, Self.isFree(number, .ipv6),
                let guardian = Self.bound(number, kind == .stream ? .datagram : .stream, .ipv4)
            else { continue }
            self.number = number
            self.guardian = guardian
            return
        }
        let last = Self.range.upperBound - 1
        throw .notJudged("no port from \(Self.range.lowerBound) to \(last) is free")
    }

    /// A socket that has the port, if it is free.
    private static func bound(
        _ number: Int, _ kind: Socket.Kind, _ family: AddressFamily
    ) -> Socket? {
        guard let address = SocketAddress(family == .ipv4 ? "0.0.0.0" : "::", port: number),
            let socket = try? Socket(family, kind), (try? socket.bind(to: address)) != nil
        else { return nil }
        return socket
    }

    /// Whether nothing has the port; without IPv6 there is nothing to have.
    private static func isFree(_ number: Int, _ family: AddressFamily) -> Bool {
        guard (try? Socket(family, .stream)) != nil else { return true }
        return bound(number, .stream, family) != nil && bound(number, .datagram, family) != nil
    }
}
