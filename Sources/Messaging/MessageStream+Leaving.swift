import Protocol
import Sockets

/// How long a program that leaves a conversation still listens, for the peer may never close.
struct Patience {
    /// How long the peer may be silent.
    var silence = Duration.seconds(1)
    /// How long the peer may go on in all.
    var whole = Duration.seconds(10)
    /// How many bytes the peer may send.
    var bytes = 1_048_576
}

extension MessageStream {
    /// Ends this side's stream: the peer receives its end, and can still answer.
    ///
    /// It does not fail if the peer has gone: the next receive returns the messages that came
    /// before, and then reports how the peer has gone.
    ///
    /// - Throws: `SocketError` for `shutdown`.
    public func finishSending() throws(SocketError) {
        do throws(SocketError) {
            try socket.shutdown(.sending)
        } catch {
            guard error.isDisconnection else { throw error }
        }
    }

    /// Closes the connection in good order: ends this side's stream, drops the bytes that still
    /// come, for at most 1 s or 64 KiB, and only then closes, so that no reset is sent.
    public func close() {
        guard socket.descriptor >= 0 else { return }
        if inputEnded { socket.close() } else { socket.closeGracefully() }
    }

    /// Ends this side's stream, shows the messages that still come, and closes the connection.
    ///
    /// For a chat: many servers do not close in reply, and some go on sending without end. So this
    /// ends after 1 s without a byte, after 10 s in all, or when 1 MiB has come.
    ///
    /// - Parameter show: Gets each message that still comes.
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
            // Bytes that are no message cannot be shown, and the peer owes no other message.
            return inputEnded
        }
        guard !inputEnded else { return true }
        // Nothing more is received. The bytes that are left may be a message that needs no end.
        inputEnded = true
        if receivedCount < most, let rest = try? nextMessage() { show(rest) }
        return false
    }
}
