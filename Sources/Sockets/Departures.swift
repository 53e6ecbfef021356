/// The finished connections of a server that serves one client after another.
///
/// A client may have its reply and not close. If the server waited for its end, the next client
/// would have to wait, too. So the server goes on at once, and looks after these connections
/// between two clients.
final class Departures {
    private struct Leaving {
        let socket: Socket
        let end: Instant
        /// How much has been read and dropped, in bytes.
        var dropped = 0
    }

    /// The connections, in the order in which their time ends.
    private var leaving: [Leaving] = []
    private var buffer = [UInt8](repeating: 0, count: 16_384)

    /// The end of the first connection's time.
    var earliestEnd: Instant? { leaving.first?.end }

    /// Takes over a socket that does not block and has shut down its sending. Closes it at once if
    /// the peer has ended its stream, too.
    func add(_ socket: Socket, until end: Instant) {
        var client = Leaving(socket: socket, end: end)
        if hasEnded(&client) { socket.close() } else { leaving.append(client) }
    }

    /// Drops the bytes that have come meanwhile, without waiting, and closes each connection that
    /// has ended, has sent more than 64 KiB, or has had its time.
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

    /// Closes the oldest connection to get its descriptor back.
    ///
    /// - Returns: Whether there was one.
    func closeOldest() -> Bool {
        guard !leaving.isEmpty else { return false }
        leaving.removeFirst().socket.close()
        return true
    }

    private func hasEnded(_ client: inout Leaving) -> Bool {
        while client.dropped <= 65_536 {
            // The peer has reset the connection, so it waits for nothing more.
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
