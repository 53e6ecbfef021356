import Messaging
import Protocol
import Sockets

/// A request to the sum server, and the reader of its reply.
struct SumRequest {
    let name: String
    let number: SumNumber

    /// The message to send.
    let text: String

    /// Makes a request of the typed name and number. The number may be any integer, of any length.
    ///
    /// - Throws: `ProtocolError` if the server could not find this name and number in the text.
    init(name: String, number: String, separator: String) throws(ProtocolError) {
        self.name = name
        self.number = SumNumber(try Self.checkedNumber(number))
        text = "\(name)\(separator)\(number)"
        try LineFraming.checkLength(of: text)
        let meant = SumMessage(name: name, separator: separator, number: self.number)
        guard SumMessage(text: text) == meant else {
            throw ProtocolError(
                "the server could not tell name and number apart in '\(text.escaped)'; "
                    + "give another --separator, such as , ; : | or a blank")
        }
    }

    /// Returns the typed number as it is, if it is an integer.
    ///
    /// - Throws: `ProtocolError` if the text is no integer.
    static func checkedNumber(_ text: String) throws(ProtocolError) -> String {
        guard SumNumber(text) != .missing else {
            throw ProtocolError("'\(text.escaped)' is no whole number; give one like 42")
        }
        return text
    }

    /// Waits for the server's name and number.
    ///
    /// - Returns: `nil` if the server has closed, as it does at a number out of its range.
    /// - Throws: An error of the stream; `ProtocolError` for a reply without a number.
    func reply(from server: MessageStream<SumFraming>) throws -> SumMessage? {
        do {
            guard let text = try server.receive()?.text else {
                if endsServer { return nil }
                throw ProtocolError("no reply: the server has closed the connection")
            }
            if text.hasPrefix("error: ") { throw ProtocolError(text.escaped) }
            let message = SumMessage(text: text)
            guard message.number != .missing else {
                throw ProtocolError("the server replied '\(text.escaped)', without a number")
            }
            return message
        } catch let error as SocketError where error.isDisconnection && endsServer {
            return nil
        }
    }

    private var endsServer: Bool {
        if case .integer(1...100) = number { return false }
        return true
    }
}
