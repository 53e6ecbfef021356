import Protocol
import Sockets

/// Talks with one peer in messages, and waits for each.
///
/// A client's side of a conversation, or an iterative server's. A stream ends in one of three
/// ways: after a whole message, which is a clean end; in the middle of one, which is an error; or
/// by an error of the connection.
public final class MessageStream<Format: Framing> {
    /// What a wait brought.
    public enum Arrival {
        /// A message.
        case message(Format.Incoming)
        /// The time was over before one was complete.
        case nothing
        /// The peer has ended its stream, after its last message.
        case end
    }

    /// How much may pile up while the peer does not take what it is sent, in bytes.
    static var inputLimit: Int { 1_048_576 }

    /// The other end.
    public let address: SocketAddress
    /// If set, `receiveNext` and `send` wait no longer once there is something to read here: the
    /// program is to end.
    public var stopDescriptor: Int32?

    let socket: Socket
    var framing: Format
    let timeout: Duration
    let pause: Duration
    private let trace: ((String) -> Void)?
    var input = ByteQueue()
    var inputEnded = false
    var lastInput = Instant.now
    /// The peer has sent at least one byte.
    var hasSent = false
    private var buffer = [UInt8](repeating: 0, count: 65_536)
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
    public func send(_ message: Format.Outgoing) throws(SocketError) {
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

    /// Waits for a message, or the end of the stream.
    ///
    /// - Returns: `nil` at a clean end.
    /// - Throws: `SocketError` for `receive`; `ProtocolError` for a message that breaks the
    ///   rules or is cut off; `NoReply` when the peer owes a byte for longer than the timeout.
    public func receive() throws -> Format.Incoming? {
        let begun = Instant.now
        while true {
            switch try arrival(by: max(begun, lastInput) + timeout) {
            case .message(let message): return message
            case .end: return nil
            // Each byte that comes gives the peer its time anew.
            case .nothing where max(begun, lastInput) + timeout > .now: continue
            case .nothing: throw noReply
            }
        }
    }

    /// Waits for a whole message for a limited time, however its bytes come.
    ///
    /// - Parameter time: How long; zero takes only what is there already.
    /// - Throws: `SocketError` for `receive`; `ProtocolError` for a message that breaks the
    ///   rules or is cut off.
    public func receive(within time: Duration) throws -> Arrival { try arrival(by: .now + time) }

    /// Waits for one whole message, and gives the peer the timeout for all of it.
    ///
    /// For a server that serves one client after another: whoever dawdles keeps the others waiting.
    ///
    /// - Returns: `nil` at a clean end.
    /// - Throws: As `receive()`.
    public func receiveWhole() throws -> Format.Incoming? {
        switch try receive(within: timeout) {
        case .message(let message): return message
        case .end: return nil
        case .nothing: throw tooSlow
        }
    }

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

    func arrival(by deadline: Instant) throws -> Arrival {
        while true {
            if let message = try nextMessage() { return .message(message) }
            if inputEnded { return .end }
            let isReady = try socket.waitUntilReady(
                for: .reading, until: min(deadline, pauseEnd ?? deadline))
            if try isReady && receiveBytes() { continue }
            if let message = try messageAtPause() { return .message(message) }
            if .now >= deadline { return .nothing }
        }
    }

    /// Takes in what has come.
    ///
    /// - Returns: Whether anything had, the end of the stream included.
    func receiveBytes() throws(SocketError) -> Bool {
        switch try socket.receive(into: &buffer) {
        case .wouldBlock: return false
        case .endOfStream: inputEnded = true
        case .count(let count):
            lastInput = .now
            hasSent = true
            input.append(buffer[..<count])
        }
        return true
    }

    func nextMessage() throws(ProtocolError) -> Format.Incoming? {
        try traced { input throws(ProtocolError) in
            if let message = try framing.decode(&input) { return message }
            return inputEnded ? try framing.decodeAtEnd(&input) : nil
        }
    }

    /// When the silence is long enough to end the message that has begun, if it may.
    var pauseEnd: Instant? {
        pause > .zero && framing.mayEndAtPause(input) ? lastInput + pause : nil
    }

    func messageAtPause() throws(ProtocolError) -> Format.Incoming? {
        guard let end = pauseEnd, end <= .now else { return nil }
        return try traced { input throws(ProtocolError) in try framing.decodeAtEnd(&input) }
    }

    private func traced(
        _ decode: (inout ByteQueue) throws(ProtocolError) -> Format.Incoming?
    ) throws(ProtocolError) -> Format.Incoming? {
        let before = trace == nil ? ArraySlice<UInt8>() : input.bytes
        guard let message = try decode(&input) else { return nil }
        if let trace {
            let bytes = before.dropLast(input.count)
            trace("from \(address): \(framing.describe(incoming: message).with(bytes))")
        }
        return message
    }
}
