/// A line of the chat with its author, as it reaches all others.
///
/// Source: Telecommunications Network, Practice 4, Chat application.
public struct ChatMessage: Sendable, Equatable, CustomStringConvertible {
    /// The most bytes of a forwarded line: the longest name and the longest text, each byte of
    /// which may be escaped as six.
    public static let limit = 32 * 4 + 3 + 6 * LineFraming.defaultLimit

    /// The author's name.
    public let name: String
    /// The author's text.
    public let text: String

    /// Makes a message of `text` by `name`.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// The line to send: `[<name>] <text>`, both escaped.
    public var description: String { "[\(name.escaped)] \(text.escaped)" }
}
