import Protocol
import Sockets

/// How long a program that leaves a conversation still listens to a peer that may never close.
struct Patience {
    /// How long the peer may be silent.
    var silence = Duration.seconds(1)
    /// How long it may go on.
    var whole = Duration.seconds(10)
    /// How much it may send, in bytes.
    var bytes = 1_048_576
}

extension MessageStream {
    /// Ends this side's stream: the peer finds its end, and can still answer.
    ///
    /// That the peer has gone is no failure here: the next receive gives what it has said before,
    /// and then tells how it went.
    ///
    /// - Throws: `SocketError` for `shutdown`.
    public func finishSending() throws(SocketError) {
        do throws(SocketError) {
            try socket.shutdown(.sending)
        } catch {
            guard error.isDisconnection else { throw error }
        }
    }

    /// Closes the connection in good order: ends this side's stream, hears the peer out for at
    /// most 1 s or 64 KiB, and only then closes, so that no reset is sent.
    public func close() {
        guard socket.descriptor >= 0 else { return }
        if inputEnded { socket.close() } else { socket.closeGracefully() }
    }

    /// Ends this side's stream, hears the peer out, and closes the connection.
    ///
    /// For a chat: many a server does not close in reply, and some go on sending without end. So it
    /// ends after 1 s without a byte, after 10 s in all, or when 1 MiB has come.
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
        let (begun, most) = (Instant.now, receivedCount + patience.bytes)
        let end = begun + patience.whole
        do {
            while true {
                let event = try wait(
                    until: min(max(begun, lastInput) + patience.silence, end),
                    unless: receivedCount >= most || end <= .now)
                guard case .message(let message) = event else { break }
                show(message)
            }
        } catch is ProtocolError {
            // What is no message cannot be shown, and no other one is owed.
            return inputEnded
        }
        guard !inputEnded else { return true }
        // What stands there after a silence is all that comes of it.
        inputEnded = true
        if receivedCount < most, let rest = try? nextMessage() { show(rest) }
        return false
    }
}
