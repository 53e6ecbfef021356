/// The error that the peer has owed a message, or the rest of one, for too long.
public struct NoReply: Error, CustomStringConvertible {
    /// The time of the wait, the bytes that have come, and a hint.
    public let description: String

    /// Makes an error that says `description`.
    public init(_ description: String) { self.description = description }

    /// Makes the error of a reply that has not come.
    ///
    /// - Parameters:
    ///   - time: The time of the wait.
    ///   - advice: A hint, to end the sentence.
    public init(after time: Duration, advice: String? = nil) {
        description = "no reply within \(time.inSeconds)" + (advice.map { "; \($0)" } ?? "")
    }
}
