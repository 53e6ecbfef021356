import Conversations
import Sockets

/// One connection between the judge and a program, or the datagrams of one port of the judge's.
final class Peer {
    /// How the connection has ended, as far as the program is concerned.
    enum Ending {
        case end, reset
        /// It has sent so much that nothing more is read.
        case flood

        /// The end of a wait for an answer on such a connection.
        var ofWait: Miss.End {
            switch self {
            case .end: .end
            case .reset: .reset
            case .flood: .wrong
            }
        }
    }

    /// More than any right answer has; what the judge remembers is bounded by it.
    static let limit = 2 << 20

    /// The name of the client in the story: `A`.
    let name: String
    let socket: Socket
    /// Where the judge sends datagrams; `nil` on a connection.
    var target: SocketAddress?
    /// The judge is the server: whoever sends is the client, perhaps by another port each time.
    var followsSender = false
    /// A datagram is in the buffer, even if it is empty.
    var hasDatagram = false
    /// What the program has sent and no step has taken yet.
    var buffer: [UInt8] = []
    var ending: Ending?
    /// The bytes of a message that was sent only in part.
    var rest: [UInt8] = []
    /// The answers that the program owes for this client's questions, in their order.
    var owed: [Question.Answer] = []

    init(_ name: String, _ socket: Socket) {
        self.name = name
        self.socket = socket
    }

    /// Takes in what has come.
    ///
    /// - Parameter deadline: Until when it waits for the first byte.
    /// - Returns: Whether anything came: bytes, the end or a reset.
    func take(until deadline: Instant) -> Bool {
        guard ending == nil else { return false }
        do {
            guard try socket.waitUntilReady(for: .reading, until: deadline) else { return false }
            if target != nil { return try takeDatagram() }
            switch try socket.receive(upTo: 65_536) {
            case .bytes(let bytes): keep(bytes)
            case .endOfStream: ending = .end
            case .wouldBlock: return false
            }
        } catch {
            ending = .reset
        }
        return true
    }

    private func keep(_ bytes: [UInt8]) {
        buffer += bytes.prefix(Self.limit - buffer.count)
        // Not a byte more in one run than in another.
        if buffer.count == Self.limit { ending = .flood }
    }

    /// Waits for the end of what the program sends.
    func waitForEnd(until deadline: Instant) {
        guard target == nil else { return }
        while ending == nil, take(until: deadline) {}
    }

    private func takeDatagram() throws(SocketError) -> Bool {
        // One is looked at after the other, since each is a message.
        guard !hasDatagram, let (bytes, sender) = try socket.receiveDatagram() else { return false }
        if followsSender { target = sender }
        guard sender == target else { return true }
        buffer = bytes
        hasDatagram = true
        return true
    }

    /// Removes the bytes of a message that has been looked at.
    func remove(_ count: Int) {
        buffer.removeFirst(count)
        hasDatagram = false
    }
}
