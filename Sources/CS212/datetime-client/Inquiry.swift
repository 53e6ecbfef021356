import Console
import Protocol
import Sockets

/// Asks a server by UDP. Every datagram may be lost, doubled or late.
struct Inquiry {
    /// The number of tries for a question: one, and three more.
    private static let tries = 4

    private let address: SocketAddress
    private let timeout: Duration
    private let trace: ((String) -> Void)?
    private var hasToldOfRefusal = false

    init(at address: SocketAddress, timeout: Duration, trace: ((String) -> Void)?) {
        self.address = address
        self.timeout = timeout
        self.trace = trace
    }

    /// Asks one question.
    ///
    /// Each question has a socket of its own, so a late or second reply to an earlier question
    /// finds no reader. The socket is connected, so no other sender's datagram reaches it.
    ///
    /// - Returns: The reply, or `nil` if none came to any try.
    /// - Throws: `SocketError` if the system cannot send at all.
    mutating func ask(_ request: DateTimeRequest) throws -> String? {
        let socket = try Socket(address.family, .datagram)
        try socket.connect(to: address)
        for _ in 1...Self.tries {
            let end = Instant.now + timeout
            if let reply = try reply(to: request, on: socket, by: end) { return reply }
        }
        return nil
    }

    private mutating func reply(
        to request: DateTimeRequest, on socket: Socket, by end: Instant
    ) throws -> String? {
        do {
            trace?("to \(address): \(shown(Array(request.rawValue.utf8)))")
            try socket.setTimeout(timeout)
            try socket.sendDatagram(Array(request.rawValue.utf8))
            guard let datagram = try socket.receiveDatagram() else { return nil }
            trace?("from \(address): \(shown(datagram.bytes))")
            return try TextLine(datagram: datagram.bytes).text
        } catch let error as SocketError where error.isTimeout {
            return nil
        } catch let error as SocketError where error.isRefused {
            if !hasToldOfRefusal { diagnose("\(error)") }
            hasToldOfRefusal = true
            // Wait for the rest of the time: the server may be about to start.
            sleep(for: max(.zero, end - .now))
            return nil
        }
    }
}
