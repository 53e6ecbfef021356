import Protocol
import Sockets

extension MessageStream {
    /// Connects to a server, to speak first.
    ///
    /// Many servers take the bytes of one `recv` for a message. So the first message travels with
    /// the handshake, if it is sent at once, and is there as soon as the server accepts. The second
    /// message waits until a pause has passed since the first, or the server has said something. So
    /// does each message after one without a line end.
    ///
    /// - Parameter endpoint: The host, with all addresses of it tried; the port, 1 to 65,535.
    /// - Throws: `SocketError` for `resolve` or `connect`.
    public convenience init(
        _ framing: Format, to endpoint: (host: String, port: Int),
        timeout: Duration = .seconds(30), pause: Duration = .milliseconds(250),
        trace: ((String) -> Void)? = nil
    ) throws(SocketError) {
        let socket = try Socket.connection(to: endpoint, timeout: timeout, speaksFirst: true)
        // A person at the other end may think for long. Then only this shows that the machine has
        // gone.
        try? socket.keepAlive()
        try self.init(
            framing, over: socket, with: socket.remoteAddress, timeout: timeout, pause: pause,
            trace: trace)
        isClient = true
    }

    /// Waits, so that the server does not take the next message for a part of the last one.
    func keepApart() throws {
        guard isClient, sentCount == 1 || sentCount > 1 && !lastSendEndsLine else { return }
        let end = lastSend + pause
        // If the server has said something since, it has read the last message.
        _ = try wait(taking: false, until: end, unless: lastInput > lastSend || end <= .now)
    }
}
