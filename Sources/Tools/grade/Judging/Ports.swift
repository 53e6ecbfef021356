import Console
import Sockets
import Synchronization

/// A free port for a program that is judged, kept free of other judges as long as this lives.
final class Port {
    let number: Int
    private let kind: Socket.Kind
    /// Has the port's number in the other transport, in which the program does not listen.
    private let guardian: Socket

    /// Below the ports that systems give to clients, so that no connection takes one meanwhile.
    private static let range = 20_000..<32_000
    /// Several judges on one machine begin at places of their own.
    private static let next = Mutex(Int.random(in: range))

    /// How long it is looked for: a program that has taken all of them has them not for long.
    private static let patience = Duration.seconds(30)

    /// Finds a port at which neither TCP nor UDP listens.
    ///
    /// - Parameter kind: The kind of socket that the program will have.
    /// - Throws: A miss of the judge's own if there is none.
    init(for kind: Socket.Kind) throws(Miss) {
        let end = Instant.now + Self.patience
        while true {
            if let (number, guardian) = Self.find(kind) {
                self.number = number
                self.kind = kind
                self.guardian = guardian
                return
            }
            guard .now < end else { break }
            sleep(for: .milliseconds(200))
        }
        let last = Self.range.upperBound - 1
        throw .notJudged("no port from \(Self.range.lowerBound) to \(last) is free")
    }

    private static func find(_ kind: Socket.Kind) -> (Int, guardian: Socket)? {
        for _ in range {
            let number = next.withLock { next in
                next = next + 1 < range.upperBound ? next + 1 : range.lowerBound
                return next
            }
            guard bound(number, kind, .ipv4) != nil, isFree(number, .ipv6),
                let guardian = bound(number, kind == .stream ? .datagram : .stream, .ipv4)
            else { continue }
            return (number, guardian)
        }
        return nil
    }

    /// Whether a program has it. When those of the play have ended, it is somebody else's.
    var isTaken: Bool {
        guard kind == .stream else { return Self.bound(number, kind, .ipv4) == nil }
        // Old connections keep it from being bound.
        guard let address = SocketAddress("127.0.0.1", port: number),
            let socket = try? Socket(.ipv4, .stream)
        else { return false }
        do throws(SocketError) {
            try socket.setTimeout(.seconds(1))
            try socket.connect(to: address)
            return true
        } catch {
            return error.isTimeout
        }
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
