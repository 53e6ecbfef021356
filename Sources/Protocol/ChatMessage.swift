/// A line of the chat with its author, as it reaches all others.
///
/// Source: Telecommunications Network, Practice 4, Chat application.
public struct ChatMessage: Sendable, Equatable, CustomStringConvertible {
    /// The most bytes of a line as it is forwarded: of the longest name and text, each byte of
    /// which may have been escaped to six.
    public static let limit = 32 * 4 + 3 + 6 * LineFraming.defaultLimit

    /// Who wrote it.
    public let name: String
    /// What was written.
    public let text: String

    /// Makes a message of `text` by `name`.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// The line as it is sent: `[<name>] <text>`, both escaped.
    public var description: String { "[\(name.escaped)] \(text.escaped)" }
}
