import Sockets

/// Bytes that wait until the peer has room for them.
struct Outbox {
    /// First bytes that were sent already, then those that wait; a message is added at the end.
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

    /// Removes all bytes. It frees a large buffer, and keeps a small one for the next message.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= 16_384)
        sent = 0
    }
}
