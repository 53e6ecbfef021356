import Protocol
import Sockets

/// Talks with one peer in messages, and waits for each.
///
/// A client's side of a conversation, or an iterative server's. A stream ends in one of three
/// ways: after a whole message, which is a clean end; in the middle of one, which is an error; or
/// by an error of the connection.
public final class MessageStream<Format: Framing> {
    /// How much may pile up while the peer does not take what it is sent, in bytes.
    static var inputLimit: Int { 1_048_576 }

    /// The other end.
    public let address: SocketAddress
    /// If set, `receiveWhole` and `send` wait no longer once there is something to read here: the
    /// program is to end.
    public var stopDescriptor: Int32?

    let socket: Socket
    var framing: Format
    let timeout: Duration
    let pause: Duration
    let trace: ((String) -> Void)?
    var input = ByteQueue()
    var inputEnded = false
    /// When the last byte came, and when the first of those in `input`.
    var lastInput = Instant.now
    var inputBegan = Instant.now
    /// How many bytes have come in all.
    var receivedCount = 0
    var buffer = [UInt8](repeating: 0, count: 65_536)
    /// The keyboard had input when the socket's turn came first.
    var isInputWaiting = false
    /// This side speaks first, to a server that may know no line ends.
    var isClient = false
    /// How many messages were sent, and when the last one was.
    var sentCount = 0
    /// The last message that was sent ends with a newline. Of two that do not and that arrive
    /// together, a peer may make one.
    var lastSendEndsLine = false
    var lastSend = Instant.now

    /// Takes over a connection.
    ///
    /// - Parameters:
    ///   - framing: How messages lie in the stream.
    ///   - socket: A connected socket. The stream closes it.
    ///   - address: The other end.
    ///   - timeout: How long the peer may owe a byte; above 0 s.
    ///   - pause: How long a silence ends a message that may end at one; 0 s turns this off.
    ///   - trace: Gets a line for each message.
    /// - Throws: `SocketError` for `option` if the connection is gone.
    public init(
        _ framing: Format, over socket: Socket, with address: SocketAddress,
        timeout: Duration = .seconds(30), pause: Duration = .milliseconds(250),
        trace: ((String) -> Void)? = nil
    ) throws(SocketError) {
        try socket.setBlocking(false)
        try socket.setOption(.noDelay, to: 1)
        self.framing = framing
        self.socket = socket
        self.address = address
        self.timeout = timeout
        self.pause = pause
        self.trace = trace
    }

    /// Sends a message, in one piece where the system takes it.
    ///
    /// What the peer sends meanwhile is taken in, so that two programs that both send much
    /// cannot wait for each other for ever.
    ///
    /// - Throws: `SocketError` for `send`: the peer has gone, or takes nothing for the timeout, or
    ///   the program is to end.
    public func send(_ message: Format.Outgoing) throws {
        try keepApart()
        var bytes: [UInt8] = []
        framing.encode(message, into: &bytes)
        trace?("to \(address): \(framing.describe(outgoing: message).with(bytes))")
        var rest = bytes[...]
        while !rest.isEmpty {
            if let taken = try socket.send(rest) {
                rest = rest.dropFirst(taken)
                continue
            }
            let canReceive = !inputEnded && input.count < Self.inputLimit
            let interest: Interest = canReceive ? [.reading, .writing] : .writing
            let ready = try waitUntilReady(
                socket, for: interest, orInputAt: stopDescriptor, until: .now + timeout)
            if ready.input { throw SocketError.canceled(.send, at: address) }
            if !ready.socket { throw SocketError.timedOut(.send, at: address) }
            if canReceive { _ = try receiveBytes() }
        }
        sentCount += 1
        lastSendEndsLine = bytes.last == UInt8(ascii: "\n")
        lastSend = .now
    }
}
