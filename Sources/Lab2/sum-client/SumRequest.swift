import Messaging
import Protocol
import Sockets

/// What a client of the sum server sends, and how it reads the reply.
struct SumRequest {
    let name: String
    let number: Int128
    let separator: String

    /// Checks that the server will find the same name and number in the text.
    ///
    /// - Throws: `ProtocolError`.
    init(name: String, number: String, separator: String) throws(ProtocolError) {
        guard let integer = Int128(number.filter { $0 != " " }) else {
            throw ProtocolError("'\(number.escaped)' is no whole number")
        }
        self.name = name
        self.number = integer
        self.separator = separator
        var conversation = SumConversation()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let found = lines.indices.compactMap { index in
            conversation.take(lines[index], isLast: index == lines.count - 1)
        }
        guard found.count == 1, found[0].name == name, found[0].separator == separator else {
            throw ProtocolError(
                "with '\(separator.escaped)' between them, name and number cannot be told apart; "
                    + "give another --separator, one of , ; : | or blanks")
        }
        try LineFraming.checkLength(of: text)
    }

    /// The message.
    var text: String { "\(name)\(separator)\(number)" }
}
