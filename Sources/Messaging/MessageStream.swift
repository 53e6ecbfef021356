import Protocol
import Sockets

/// Talks with one peer in messages, and waits for each.
///
/// It serves a client, or a server that talks with one client on a thread. A stream ends in one of
/// three ways: after a whole message, which is a clean end; in the middle of a message, which is an
/// error; or by an error of the connection.
public final class MessageStream<Format: Framing> {
    /// How many bytes of the peer may pile up while no messages are taken.
    static var inputLimit: Int { 1_048_576 }

    /// The other end.
    public let address: SocketAddress
    /// If set, input at this descriptor says that the program is to end; then `receiveWhole` and
    /// `send` stop waiting.
    public var stopDescriptor: Int32?

    let socket: Socket
    var framing: Format
    let timeout: Duration
    let pause: Duration
    let trace: ((String) -> Void)?
    var input = ByteQueue()
    var inputEnded = false
    /// When the last byte came, and when the first of the bytes in `input` came.
    var lastInput = Instant.now
    var inputBegan = Instant.now
    /// How many bytes have come in all.
    var receivedCount = 0
    var buffer = [UInt8](repeating: 0, count: 65_536)
    /// Whether the last look found input at the keyboard, which has not had its turn yet.
    var isInputWaiting = false
    /// Whether this side speaks first, to a server that may know no line ends.
    var isClient = false
    /// How many messages were sent, and when the last one was.
    var sentCount = 0
    var lastSend = Instant.now
    /// Whether the last message that was sent ends with a newline. If it does not, a peer may join
    /// it with the next one.
    var lastSendEndsLine = false

    /// Takes over a connection.
    ///
    /// - Parameters:
    ///   - framing: How messages lie in the stream.
    ///   - socket: A connected socket. The stream closes it.
    ///   - address: The other end.
    ///   - timeout: How long the peer may be silent while it owes a byte; above 0 s.
    ///   - pause: The silence that ends a message that may end at one; 0 s turns this off.
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

    /// Sends a message, in one piece if the system takes it so.
    ///
    /// Meanwhile it receives the peer's bytes, so that two programs that both send much cannot wait
    /// for each other for ever.
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
