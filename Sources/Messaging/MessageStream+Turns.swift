import Protocol
import Sockets

extension MessageStream {
    /// Waits for input at the keyboard, and notices meanwhile that the peer leaves.
    ///
    /// For people who speak by turns: what the peer sends out of its turn stays to be received.
    ///
    /// - Parameter descriptor: Where the keyboard is read.
    /// - Returns: `false` if the peer has ended its stream and everything it said was received.
    /// - Throws: `SocketError` for `receive`: the peer has reset the connection.
    public func waitForInput(at descriptor: Int32) throws(SocketError) -> Bool {
        // A peer that runs far ahead of its turn is no longer watched.
        while !inputEnded, input.count < Self.inputLimit {
            let ready = try waitUntilReady(socket, for: .reading, orInputAt: descriptor)
            if ready.socket {
                _ = try receiveBytes()
            } else if ready.input {
                return true
            }
        }
        return !inputEnded || !input.isEmpty
    }
}
