import Protocol

extension MessageStream {
    /// The error of a peer that has said nothing more for the timeout.
    var noReply: NoReply {
        let silence = framing.silence(after: input)
        guard let part = silence.part else {
            return NoReply(after: timeout, advice: silence.advice)
        }
        let endsAtPause = pause == .zero && framing.mayEndAtPause(input)
        return NoReply(
            "only \(part) came, and nothing more for \(timeout.inSeconds)"
                + (endsAtPause ? "; with a --pause above 0 that is a message" : silence.clause))
    }

    /// The error of a peer that has taken longer than the timeout for a whole message.
    var tooSlow: NoReply {
        let part = framing.silence(after: input).part.map { ": only \($0) came" } ?? ""
        return NoReply("no whole message within \(timeout.inSeconds)\(part)")
    }

    /// The error of a server that did not understand this side's messages.
    ///
    /// - Parameter problem: The server's reaction, in words; some advice is added to it.
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
