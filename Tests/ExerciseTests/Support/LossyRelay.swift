import Foundation
import Synchronization

/// Passes datagrams between clients and one server, and mistreats them as a bad network does.
///
/// In each direction 40 % are lost, 20 % come twice, and 20 % come after the next one. A seed
/// chooses which.
final class LossyRelay: Sendable {
    /// The port for the clients.
    let port: Int
    private let isStopped = Mutex(false)

    /// Starts passing datagrams on, in a thread of its own.
    init(to server: Int, seed: UInt64) throws(RawSocketError) {
        let front = try RawDatagramSocket()
        port = front.port
        let passing = Passing(front: front, server: server, seed: seed)
        Thread.detachNewThread { [self] in
            while !isStopped.withLock({ $0 }) { passing.step() }
        }
    }

    /// Stops it.
    func stop() {
        isStopped.withLock { $0 = true }
    }

    /// The relay's work; only its own thread touches it.
    private final class Passing: @unchecked Sendable {
        private let front: RawDatagramSocket
        private let server: Int
        /// A socket for each client, by its port: the server takes it for the client.
        private var backs: [Int: RawDatagramSocket] = [:]
        /// Sends the datagram that is held back.
        private var held: (() -> Void)?
        private var fates: [UInt8]

        init(front: RawDatagramSocket, server: Int, seed: UInt64) {
            self.front = front
            self.server = server
            fates = seededBytes(count: 100_000, seed: seed)
        }

        /// Waits a moment for datagrams and passes them on.
        func step() {
            if isReady(front.descriptor, for: Int32(POLLIN), by: Date() + 0.001),
                let (bytes, client) = try? front.receive()
            {
                if backs[client] == nil { backs[client] = try? RawDatagramSocket() }
                if let back = backs[client] {
                    pass { [server] in try? back.send(bytes, to: server) }
                }
            }
            for (client, back) in backs
            where isReady(back.descriptor, for: Int32(POLLIN), by: Date()) {
                guard let (bytes, _) = try? back.receive() else { continue }
                pass { [front] in try? front.send(bytes, to: client) }
            }
        }

        private func pass(_ send: @escaping () -> Void) {
            let before = held
            held = nil
            switch fates.popLast() ?? 0 {
            case ..<102: break
            case ..<153:
                send()
                send()
            case ..<204 where before == nil: held = send
            default: send()
            }
            before?()
        }
    }
}
