import Sockets

/// Bytes that wait until the peer has room for them.
struct Outbox {
    /// What waits, behind what has been sent; a message is added at the end.
    var bytes: [UInt8] = []
    private var sent = 0

    /// How many bytes wait.
    var count: Int { bytes.count - sent }

    /// Whether nothing waits.
    var isEmpty: Bool { sent == bytes.count }

    /// Sends as much as the socket takes.
    ///
    /// - Returns: How many bytes it took.
    /// - Throws: `SocketError` for `send`.
    mutating func flush(to socket: Socket) throws(SocketError) -> Int {
        let before = sent
        while sent < bytes.count, let taken = try socket.send(bytes[sent...]) { sent += taken }
        let flushed = sent - before
        if sent == bytes.count {
            removeAll()
        } else if sent > 65_536 {
            bytes.removeSubrange(..<sent)
            sent = 0
        }
        return flushed
    }

    /// Forgets everything. A large buffer is given back, a small one kept for the next message.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= 16_384)
        sent = 0
    }
}
