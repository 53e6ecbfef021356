/// A message of the chatroom to its members.
///
/// Source: CS 212, Lab 2, question 8.
public enum ChatroomMessage: Sendable, Equatable, CustomStringConvertible {
    /// A member has joined.
    case joined(name: String, time: String, count: Int)
    /// A member has left.
    case left(name: String, time: String, count: Int)
    /// A member has written a text.
    case text(name: String, text: String)

    /// The most bytes of a line: the longest name and the longest text, each byte of which may be
    /// escaped as six.
    public static let limit = 32 * 4 + 2 + 6 * LineFraming.defaultLimit

    /// The message with which a member leaves, on a line of its own.
    public static let quit = "quit"

    /// The line to send; a member's text is escaped.
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
    /// The rule of the chatroom: a colon ends the name there, and no member may speak as the
    /// server.
    public static let chatroom = NameRule(
        without: ":", called: "colon", reserved: ["Server"], inAnyCase: true)
}
