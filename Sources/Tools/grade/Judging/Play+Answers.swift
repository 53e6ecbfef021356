import Console
import Conversations
import Protocol
import Sockets

extension Play {
    // MARK: Answers

    /// How often the patience begins again while an answer comes in pieces.
    static let mostWaits = 10

    /// Waits for an answer, and takes it from the connection.
    ///
    /// - Returns: The bytes of the answer.
    @discardableResult
    func receive(_ wanted: Wanted, on name: String, within time: Duration? = nil) throws(Miss)
        -> [UInt8]
    {
        let peer = try peer(name)
        let patience = time ?? patience
        var end = Instant.now + patience
        // One that sends a byte now and then is waited for, but not for ever.
        let last = Instant.now + patience * Self.mostWaits
        while true {
            switch wanted.match(peer.buffer, peer.ending != nil || peer.hasDatagram) {
            // A datagram is a whole message: nothing follows that belongs to it.
            case .found(let count, _) where peer.hasDatagram && count < peer.buffer.count:
                throw miss(wanted, on: peer, .wrong)
            case .more where peer.hasDatagram: throw miss(wanted, on: peer, .wrong)
            case .found(let count, let words):
                // What has come together with it may belong to it.
                if !peer.hasDatagram, count == peer.buffer.count, peer.take(until: .now) {
                    continue
                }
                let bytes = Array(peer.buffer.prefix(count))
                peer.remove(count)
                note(.says(exam.side), name, words, bytes)
                brokenBy = nil
                return bytes
            case .wrong: throw miss(wanted, on: peer, .wrong)
            case .more: break
            }
            if let ending = peer.ending {
                throw miss(wanted, on: peer, ending.ofWait)
            }
            guard peer.take(until: end) else { throw miss(wanted, on: peer, .silence) }
            end = min(.now + patience, last)
        }
    }

    private func miss(_ wanted: Wanted, on peer: Peer, _ end: Miss.End) -> Miss {
        let got = peer.buffer
        var cause = wanted.mistakes.first { $0.bytes == got && !got.isEmpty }?.cause
        cause = cause ?? wanted.explain(got)
        if cause == nil, let (sizes, count) = brokenBy { cause = breaks(at: sizes, of: count) }
        guard !wanted.pattern.isEmpty else {
            return Miss(wanted: wanted.words, got: got.shown, end, cause: cause)
        }
        var miss = Miss(wanted: wanted.words, got: got.words ?? "", end, cause: cause)
        miss.bytes = (wanted.pattern.digits, got.digits)
        return miss
    }

    /// Waits for the program's end of a connection.
    ///
    /// - Parameter passing: Whether bytes before the end are allowed.
    func expectEnd(on name: String, passing: Bool, resetToo: Bool = true) throws(Miss) {
        let peer = try peer(name)
        let end = deadline
        while peer.ending == nil {
            if !passing, !peer.buffer.isEmpty { break }
            guard peer.take(until: end) else { break }
        }
        switch peer.ending {
        case .end: note(.ends(exam.side), name)
        case .reset where resetToo: note(.resets(exam.side), name)
        default:
            let end = peer.ending?.ofWait ?? (peer.buffer.isEmpty || passing ? .silence : .wrong)
            throw Miss(wanted: "the end of the stream", got: peer.buffer.shown, end)
        }
    }

    /// Lets the case begin again, as if nothing had been started and nobody had connected.
    func startOver() {
        _ = finish()
        programs = [:]
        listener = nil
    }
}
