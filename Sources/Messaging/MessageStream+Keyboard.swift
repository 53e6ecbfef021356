import Protocol
import Sockets

extension MessageStream {
    /// What came first, from the peer or from the keyboard.
    public enum Event {
        /// The peer sent a message.
        case message(Format.Incoming)
        /// There is input to read at the other descriptor, or its end.
        case inputReady
        /// The peer has ended its stream.
        case end
    }

    /// Waits for the peer and the keyboard at once, without a limit: people take their time.
    ///
    /// - Parameter descriptor: Where the keyboard is read; `nil` once it has ended.
    /// - Throws: As `receive()`; `NoReply` only for a message that has begun.
    public func nextEvent(orInputAt descriptor: Int32?) throws -> Event {
        while true {
            if let message = try nextMessage() { return .message(message) }
            if inputEnded { return .end }
            if isInputWaiting {
                isInputWaiting = false
                return .inputReady
            }
            let limit = input.isEmpty ? nil : lastInput + timeout
            let ready = try waitUntilReady(
                socket, for: .reading, orInputAt: descriptor, until: pauseEnd ?? limit)
            isInputWaiting = ready.input
            if try ready.socket && receiveBytes() { continue }
            if let message = try messageAtPause() { return .message(message) }
            if let limit, limit <= .now, !ready.input {
                throw noReply
            }
        }
    }
}
