import Protocol
import Sockets

extension MessageStream {
    /// Connects to a server, to speak first.
    ///
    /// Many a server takes what one `recv` brings for a message. So what is sent at once is there
    /// as soon as the server accepts, and the second message keeps a pause's distance from the
    /// first, unless the server has said something meanwhile; without line ends every message does.
    ///
    /// - Parameter endpoint: The host, of which all addresses are tried; the port, 1 to 65,535.
    /// - Throws: `SocketError` for `resolve` or `connect`.
    public convenience init(
        _ framing: Format, to endpoint: (host: String, port: Int),
        timeout: Duration = .seconds(30), pause: Duration = .milliseconds(250),
        trace: ((String) -> Void)? = nil
    ) throws(SocketError) {
        let socket = try Socket.connection(to: endpoint, timeout: timeout, speaksFirst: true)
        // Only so is it noticed, where a person owes the next line, that the machine has gone.
        try? socket.keepAlive()
        try self.init(
            framing, over: socket, with: socket.remoteAddress, timeout: timeout, pause: pause,
            trace: trace)
        isClient = true
    }

    /// Waits before a message that a server would else take for the rest of the last one.
    func keepApart() throws {
        guard isClient, sentCount == 1 || sentCount > 1 && !lastSendEndsLine else { return }
        let end = lastSend + pause
        // Once the server has said something, it has read what came before.
        _ = try wait(taking: false, until: end, unless: lastInput > lastSend || end <= .now)
    }
}
