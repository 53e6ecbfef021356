import Protocol
import Sockets

/// How long a peer is heard out by whoever leaves a conversation that has no end of its own.
struct Patience {
    /// How long the peer may be silent.
    var silence = Duration.seconds(1)
    /// How long it may go on.
    var whole = Duration.seconds(10)
    /// How much it may send, in bytes.
    var bytes = 1_048_576
}

extension MessageStream {
    /// Ends this side's stream, hears the peer out, and closes the connection.
    ///
    /// For a chat: many a server closes nothing in reply, and some send without end to whoever has
    /// left. So it ends after 1 s without a byte, after 10 s in all, or when 1 MiB has come.
    ///
    /// - Parameter show: Gets what the peer still says.
    /// - Returns: Whether the peer has ended its stream, too.
    /// - Throws: `SocketError` for `shutdown` or `receive`.
    public func leave(_ show: (Format.Incoming) -> Void) throws -> Bool {
        try leave(patience: Patience(), show)
    }

    func leave(patience: Patience, _ show: (Format.Incoming) -> Void) throws -> Bool {
        defer { socket.close() }
        try finishSending()
        let begun = Instant.now
        var bytesLeft = patience.bytes
        while true {
            do {
                while let message = try nextMessage() ?? messageAtPause() { show(message) }
            } catch is ProtocolError {
                // What is no message cannot be shown, and nobody waits for another.
                return inputEnded
            }
            let end = min(max(begun, lastInput) + patience.silence, begun + patience.whole)
            if inputEnded || bytesLeft <= 0 || end <= .now { break }
            let before = input.count
            if try socket.waitUntilReady(for: .reading, until: min(end, pauseEnd ?? end)) {
                _ = try receiveBytes()
                bytesLeft -= input.count - before
            }
        }
        guard !inputEnded else { return true }
        // What stands there after a silence is all that comes of it.
        inputEnded = true
        if bytesLeft > 0, let rest = try? nextMessage() { show(rest) }
        return false
    }
}
