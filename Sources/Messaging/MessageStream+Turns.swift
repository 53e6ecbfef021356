import Protocol
import Sockets

extension MessageStream {
    /// Waits for input at the keyboard, and notices meanwhile that the peer leaves.
    ///
    /// For people who speak by turns: what the peer sends out of its turn stays to be received.
    ///
    /// - Parameter descriptor: Where the keyboard is read; `nil` waits for nothing, and only looks
    ///   whether the peer has left.
    /// - Returns: `false` if the peer has ended its stream and everything it said was received.
    /// - Throws: `SocketError` for `receive`: the peer has reset the connection.
    public func waitForInput(at descriptor: Int32?) throws(SocketError) -> Bool {
        // Whoever asks reads the keyboard next, and may take all that was noticed there before.
        isInputWaiting = false
        // A peer that runs far ahead of its turn is no longer watched.
        while !inputEnded, input.count < Self.inputLimit {
            let ready = try waitUntilReady(
                socket, for: .reading, orInputAt: descriptor, until: descriptor == nil ? .now : nil)
            if ready.socket {
                _ = try receiveBytes()
            } else if ready.input || descriptor == nil {
                return true
            }
        }
        return !inputEnded || !input.isEmpty
    }

    /// Waits for the peer's next message without a limit, while somebody here may go on typing.
    ///
    /// - Parameters:
    ///   - descriptor: Where the keys are read, looked up anew each time; `nil` if nobody types.
    ///   - takeInput: Takes in what was typed.
    /// - Returns: `nil` at a clean end.
    /// - Throws: As `nextEvent(orInputAt:)`; what `takeInput` throws.
    public func receive(
        whileTypingAt descriptor: @autoclosure () -> Int32?, _ takeInput: () throws -> Void
    ) throws -> Format.Incoming? {
        while true {
            switch try nextEvent(orInputAt: descriptor()) {
            case .message(let message): return message
            case .inputReady: try takeInput()
            case .end: return nil
            }
        }
    }
}
