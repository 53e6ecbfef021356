import Messaging
import Protocol
import Sockets

/// What a client of the sum server sends, and how it reads the reply.
struct SumRequest {
    let name: String
    let number: Int128
    let separator: String

    /// Makes a request of what was typed.
    ///
    /// - Throws: `ProtocolError` if the server could not find this name and number in the text.
    init(name: String, number: String, separator: String) throws(ProtocolError) {
        guard let integer = Int128(number) else {
            throw ProtocolError("'\(number.escaped)' is no whole number; give one like 42")
        }
        self.name = name
        self.number = integer
        self.separator = separator
        try LineFraming.checkLength(of: text)
        let found = SumMessage(text: text)
        guard let found, found.number != .missing, found.name == name, found.separator == separator
        else {
            throw ProtocolError(
                "the server could not tell name and number apart in '\(text.escaped)'; "
                    + "give another --separator, such as , ; : | or a blank")
        }
    }

    /// The message as it is sent.
    var text: String { "\(name)\(separator)\(number)" }

    /// Waits for the server's name and number.
    ///
    /// - Returns: `nil` if the server has ended because the number was out of its range.
    /// - Throws: What the stream throws; `ProtocolError` for a reply without a number.
    func reply(
        from server: MessageStream<LineFraming>
    ) throws -> (name: String, number: Int128)? {
        guard let first = try nextLine(from: server) else { return nil }
        if first.hasPrefix("error: ") { throw ProtocolError(first.escaped) }
        var reply: SumMessage?
        switch SumLine(first) {
        case .message(let message): reply = message
        // With a newline for separator, the number is the second line here too.
        case .name(let name):
            reply = try nextLine(from: server).map { SumMessage(name: name, numberLine: $0) }
        }
        guard let reply, case .integer(let number) = reply.number else {
            throw ProtocolError("the server replied '\(first.escaped)', without a number")
        }
        return (reply.name, Int128(number))
    }

    private func nextLine(from server: MessageStream<LineFraming>) throws -> String? {
        do {
            if let line = try server.receive() { return line.text }
        } catch let error as SocketError where error.isDisconnection && endsServer {
            return nil
        }
        if endsServer { return nil }
        throw ProtocolError("the server closed the connection without a reply")
    }

    private var endsServer: Bool { !(1...100).contains(number) }
}
