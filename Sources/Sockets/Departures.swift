/// The connections that a server of one client after another has finished with.
///
/// A client that has its reply and does not close would keep the next one waiting for as long as it
/// is heard out. So the server goes on at once, and comes back to those that leave in between.
final class Departures {
    private struct Leaving {
        let socket: Socket
        let end: Instant
        /// How much has been read and dropped, in bytes.
        var dropped = 0
    }

    /// In the order in which they are to be closed at last.
    private var leaving: [Leaving] = []
    private var buffer = [UInt8](repeating: 0, count: 16_384)

    /// When the first one is to be closed in any case.
    var earliestEnd: Instant? { leaving.first?.end }

    /// Takes over a socket whose sending has been shut down and that does not block, unless its peer
    /// has ended its stream, too.
    func add(_ socket: Socket, until end: Instant) {
        var client = Leaving(socket: socket, end: end)
        if hasEnded(&client) { socket.close() } else { leaving.append(client) }
    }

    /// Reads what they have sent meanwhile, without waiting, and closes those that are done.
    func attend() {
        guard !leaving.isEmpty else { return }
        let now = Instant.now
        for index in leaving.indices {
            if hasEnded(&leaving[index]) || leaving[index].end <= now {
                leaving[index].socket.close()
            }
        }
        leaving.removeAll { $0.socket.descriptor < 0 }
    }

    /// Closes the one that has had the most time, for its descriptor; says whether there was one.
    func closeOldest() -> Bool {
        guard !leaving.isEmpty else { return false }
        leaving.removeFirst().socket.close()
        return true
    }

    private func hasEnded(_ client: inout Leaving) -> Bool {
        while client.dropped <= 65_536 {
            // A peer that has reset the connection waits for nothing more.
            guard let received = try? client.socket.receive(into: &buffer) else { return true }
            switch received {
            case .count(let count): client.dropped += count
            case .wouldBlock: return false
            case .endOfStream: return true
            }
        }
        return true
    }
}
