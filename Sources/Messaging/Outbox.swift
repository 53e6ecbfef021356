import Sockets

/// Bytes that wait until the peer has room for them.
@usableFromInline
struct Outbox {
    @usableFromInline var bytes: [UInt8] = []
    private var sent = 0

    /// How many bytes wait.
    var count: Int { bytes.count - sent }

    /// Whether nothing waits.
    var isEmpty: Bool { sent == bytes.count }

    /// Lets `encode` add a message's bytes at the end.
    ///
    /// - Returns: Where the message begins, for `message(from:)`.
    @discardableResult
    mutating func add(_ encode: (inout [UInt8]) -> Void) -> Int {
        let start = bytes.count
        encode(&bytes)
        return start
    }

    /// The bytes from `start` on, for a trace.
    func message(from start: Int) -> ArraySlice<UInt8> { bytes[start...] }

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
