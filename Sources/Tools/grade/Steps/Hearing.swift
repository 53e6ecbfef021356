import Console
import Conversations
import Sockets

/// A program that has never waited for more when the judge waited for that.
private struct Restless: Memory {
    /// How often the judge's time was over.
    var waits = 0
}

/// How the judge hears text whose form the sheet does not give: it reads on until what has come
/// makes sense, however many segments it comes in.
extension Play {
    /// Waits until the text that a client has been sent makes sense, and takes it.
    ///
    /// - Parameters:
    ///   - wanted: What is waited for, for people to read.
    ///   - read: Looks at the text so far; returns its sense, and how far it goes.
    func hear<Sense>(
        _ wanted: String, on name: String, within time: Duration? = nil,
        _ read: (_ text: Substring, _ hasEnded: Bool) -> (Sense, end: String.Index)?
    ) throws(Miss) -> Sense {
        let peer = try peer(name)
        let time = time ?? patience
        var end = Instant.now + time
        let last = Instant.now + time * Self.mostWaits
        while true {
            while peer.take(until: .now) {}
            let text = String(decoding: peer.buffer, as: UTF8.self)
            if let (sense, place) = read(text[...], peer.ending != nil) {
                take(text[..<place].utf8.count, on: peer)
                return sense
            }
            if let ending = peer.ending {
                throw Miss(wanted: wanted, got: peer.buffer.shown, ending.ofWait)
            }
            guard peer.take(until: end) else {
                throw Miss(wanted: wanted, got: peer.buffer.shown, .silence)
            }
            end = min(.now + time, last)
        }
    }

    /// What a client has been sent and no step has taken, as text.
    func waitingText(on name: String) throws(Miss) -> String {
        let peer = try peer(name)
        while peer.take(until: .now) {}
        return String(decoding: peer.buffer, as: UTF8.self)
    }

    /// Takes all that a client has been sent.
    @discardableResult
    func takeText(on name: String) throws(Miss) -> String {
        let text = try waitingText(on: name)
        let peer = try peer(name)
        take(peer.buffer.count, on: peer)
        return text
    }

    /// Waits until the program has read all that clients sent, and waits for more: what it has to
    /// say to them has come then.
    ///
    /// System calls: `setsockopt(2)` with `TCP_QUICKACK`.
    func waitUntilIdle(_ names: String...) throws(Miss) {
        var peers: [Peer] = []
        for name in names { peers.append(try peer(name)) }
        for peer in peers { waitUntilRead(peer) }
        let end = Instant.now + patience / 2
        var pause = Duration.milliseconds(1)
        while peers.contains(where: { $0.ending == nil }), .now < end {
            guard let program = programs.values.first, let isAsleep = program.sleeps,
                self[Restless.self].waits < 2
            else {
                // Nothing tells: the program gets the time that it needs on an idle machine.
                for peer in peers { while peer.take(until: .now + .milliseconds(150)) {} }
                return
            }
            var hasNews = false
            for peer in peers {
                // A second short segment is kept back until the first is acknowledged (RFC 9293,
                // 3.7.4), which may else take 40 ms.
                if let option = SocketOption.quickAcknowledgement {
                    try? peer.socket.setOption(option, to: 1)
                }
                if peer.take(until: .now) { hasNews = true }
            }
            if hasNews { continue }
            if isAsleep { return }
            sleep(for: pause)
            pause = min(pause * 2, .milliseconds(32))
        }
        if Instant.now >= end { self[Restless.self].waits += 1 }
    }

    /// Waits until the program has done what the last events ask of it, or has ended.
    func waitUntilAsleep() {
        let end = Instant.now + patience / 2
        while let program = programs.values.first, program.ending == nil,
            program.sleeps == false || program.listeningPorts.isEmpty, .now < end
        {
            sleep(for: .milliseconds(2))
        }
    }

    /// Whether the program says anything to a client, or ends its stream, before it waits for more.
    func speaks(_ name: String) throws(Miss) -> Bool {
        try waitUntilIdle(name)
        let peer = try peer(name)
        // One that sleeps now may only take a rest.
        return peer.ending != nil || !peer.buffer.isEmpty || peer.take(until: .now + patience / 8)
    }

    /// Takes all that the program says to a client before it waits for more.
    func hearRest(on name: String) throws(Miss) -> String {
        try waitUntilIdle(name)
        return try takeText(on: name)
    }

    /// Waits until a client has been sent something new, or its stream has ended.
    ///
    /// - Returns: The first of these clients that has; `nil` if none has in this time.
    func whoHears(_ names: [String], within time: Duration) throws(Miss) -> String? {
        var counts: [Int] = []
        for name in names { counts.append(try peer(name).buffer.count) }
        let end = Instant.now + time
        repeat {
            for (name, count) in zip(names, counts) {
                let peer = try peer(name)
                let hadEnded = peer.ending != nil
                if peer.take(until: .now) || hadEnded || peer.buffer.count > count { return name }
            }
            sleep(for: .milliseconds(2))
        } while Instant.now < end
        return nil
    }

    private func take(_ count: Int, on peer: Peer) {
        let bytes = Array(peer.buffer.prefix(count))
        peer.buffer.removeFirst(bytes.count)
        guard !bytes.isEmpty else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        note(.says(exam.side), peer.name, text.trimmed.prefix(60).description.escaped, bytes)
    }
}

extension StringProtocol {
    /// The text without the blanks and line ends around it.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }

    /// Whether it holds anything that can be seen.
    var hasWords: Bool { contains { $0.isLetter || $0.isNumber || $0.isPunctuation } }

    /// Whether it holds one of these, in upper or lower case.
    func mentions(_ words: [String]) -> Bool {
        let text = lowercased()
        return words.contains { text.contains($0) }
    }
}
