import Protocol

/// The peer owed a message, or the rest of one, for too long.
public struct NoReply: Error, CustomStringConvertible {
    /// How long was waited, what has come, and what may help.
    public let description: String

    init(description: String) { self.description = description }

    /// Makes the error of a reply that has not come.
    ///
    /// - Parameters:
    ///   - time: How long was waited.
    ///   - advice: What may help, to end the sentence.
    public init(after time: Duration, advice: String?) {
        description = "no reply within \(time.inSeconds)" + (advice.map { "; \($0)" } ?? "")
    }
}

extension MessageStream {
    /// The peer has said nothing more for the timeout.
    var noReply: NoReply {
        let silence = framing.silence(after: input)
        guard let part = silence.part else {
            return NoReply(after: timeout, advice: silence.advice)
        }
        let endsAtPause = pause == .zero && framing.mayEndAtPause(input)
        return NoReply(
            description: "only \(part) came, and nothing more for \(timeout.inSeconds)"
                + (endsAtPause ? "; with a --pause above 0 that is a message" : silence.clause))
    }

    /// The peer has taken longer than the timeout for a whole message.
    var tooSlow: NoReply {
        let part = framing.silence(after: input).part.map { ": only \($0) came" } ?? ""
        return NoReply(description: "no whole message within \(timeout.inSeconds)\(part)")
    }

    /// The error of a server that did not understand what it was sent.
    ///
    /// - Parameter problem: What the server did; what may help is added.
    public func misunderstanding(_ problem: String) -> ProtocolError {
        ProtocolError(problem + framing.silence(after: ByteQueue()).clause)
    }
}

extension Framing {
    /// The error of a peer that has sent a part of a message, and then nothing for `time`.
    func stall(of input: ByteQueue, for time: Duration) -> ProtocolError {
        let silence = silence(after: input)
        return ProtocolError(
            "sent \(silence.part ?? "a part of a message"), and nothing more for \(time.inSeconds)"
                + silence.clause)
    }
}
