/// What the chatroom tells those who are in it.
///
/// Source: CS 212, Lab 2, question 8.
public enum ChatroomMessage: Sendable, Equatable, CustomStringConvertible {
    /// Someone has come in.
    case joined(name: String, time: String, count: Int)
    /// Someone has gone.
    case left(name: String, time: String, count: Int)
    /// A member wrote something.
    case text(name: String, text: String)

    /// The most bytes of a line: of the longest name and text, each byte of which may have been
    /// escaped to six.
    public static let limit = 32 * 4 + 2 + 6 * LineFraming.defaultLimit

    /// The message, on a line of its own, by which a member leaves.
    public static let quit = "quit"

    /// The line as it is sent; a member's text is escaped.
    public var description: String {
        switch self {
        case .joined(let name, let time, let count):
            "Server: time=\(time) \(name) has joined. Member count=\(count)"
        case .left(let name, let time, let count):
            "Server: time=\(time) \(name) has left. Member count=\(count)"
        case .text(let name, let text): "\(name.escaped): \(text.escaped)"
        }
    }
}

extension NameRule {
    /// The chatroom's: no colon, which ends the name there, and nobody speaks for the server.
    public static let chatroom = NameRule(
        without: ":", called: "colon", reserved: ["Server"], inAnyCase: true)
}
