/// The peer owed a message, or the rest of one, for too long.
public struct NoReply: Error, CustomStringConvertible {
    /// How long was waited, what has come, and what may help.
    public let description: String

    /// Makes an error that says `description`.
    public init(_ description: String) { self.description = description }

    /// Makes the error of a reply that has not come.
    ///
    /// - Parameters:
    ///   - time: How long was waited.
    ///   - advice: What may help, to end the sentence.
    public init(after time: Duration, advice: String? = nil) {
        description = "no reply within \(time.inSeconds)" + (advice.map { "; \($0)" } ?? "")
    }
}
