/// A message in words, for people: a trace, or a picture of a conversation.
public struct MessageDescription: Sendable, Equatable {
    /// The words, escaped, without secrets.
    public let words: String
    /// Whether the message's bytes would show a secret that the words leave out.
    public let isSecret: Bool

    /// Makes a description that hides nothing.
    ///
    /// - Parameter words: Any text; it is escaped here.
    public init(_ words: String) {
        self.words = words.escaped
        isSecret = false
    }

    /// Describes a message of text, in quotes.
    ///
    /// - Parameters:
    ///   - text: The message.
    ///   - shown: The part of it that may be seen. If that differs from the text, the message is
    ///     secret.
    public init(text: String, shown: String? = nil) {
        words = "\"\((shown ?? text).escaped)\""
        isSecret = shown != nil && shown != text
    }

    /// The line of a trace: the words, and the message's bytes in hex or `[***]`.
    public func with(_ bytes: some Collection<UInt8>) -> String {
        "\(words) [\(isSecret ? "***" : hexadecimal(bytes))]"
    }
}
