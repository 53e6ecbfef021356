import Sockets

/// Where a client has its name from.
struct NameForm: Finding {
    /// The name in the client's first message.
    var name = typedName
    /// The client asks for it at the keyboard. Otherwise it is an argument, or stands in the program.
    var isTyped = true

    /// What the judge gives as a name.
    static let typedName = "Anna"
}

extension Wanted {
    /// Exactly this text, as a client sends it. Blanks and line ends around it are free.
    static func typed(_ text: String) -> Wanted {
        let right = Array(text.utf8)
        let mistakes =
            Mistake.of(passedOn: text, text: text) + [
                Mistake("it was sent twice", right + right),
                Mistake("it was sent twice", right + [10] + right + [10]),
                Mistake(
                    "only its first word was sent",
                    Array((text.split(separator: " ").first ?? "").utf8) + [10]),
            ]
        return Wanted("\"\(text)\"", pattern: right, mistakes: mistakes) { bytes, _ in
            let start = bytes.endOfText(at: 0)
            let rest = Array(bytes[start...])
            guard rest.starts(with: right) else {
                return right.starts(with: rest) ? .more : .wrong
            }
            return .found(count: bytes.endOfText(at: start + right.count), words: "\"\(text)\"")
        }
    }
}

extension [UInt8] {
    /// The end of a text at this place: the line end behind it belongs to it, and a NUL from C.
    func endOfText(at place: Int) -> Int {
        self[place...].firstIndex { ![0, 10, 13].contains($0) } ?? count
    }
}

extension Step {
    /// The client starts, gets its name, and sends it.
    static func introduces(_ client: String) -> Step {
        Step("client \(client) starts, connects and sends its name") { play throws(Miss) in
            try play.startNamed(client)
            try play.receive(.typed(play[NameForm.self].name), on: client)
        }
    }

    /// The user types a line, and the client sends it.
    static func typesAndSends(_ client: String, _ text: String) -> Step {
        Step("the user types \"\(text)\", and it is sent") { play throws(Miss) in
            try Step.types(text + "\n", at: client).perform(play)
            try play.receive(.typed(text), on: client)
        }
    }

    /// The input ends before anything was typed: the program ends, at the latest with the server.
    static let endsWithoutInput = Step("its input ends at once, and it ends by itself") {
        play throws(Miss) in
        try play.startClient("A", ["name": NameForm.typedName])
        try Step.inputEnds(at: "A").perform(play)
        let program = try play.program("A")
        let end = play.deadline
        while program.isAlive, .now < end {
            // A server that has nothing to say may close.
            guard let listener = play.listener,
                let isReady = try? listener.waitUntilReady(
                    for: .reading, until: .now + .milliseconds(20)), isReady,
                let (socket, _) = try? listener.accept()
            else { continue }
            try? socket.shutdown(.sending)
            play.add(Peer("A", socket))
        }
        _ = try play.expectExit(of: "A")
    }
}

extension Play {
    /// The client starts and connects; its name is typed if it asks for it.
    func startNamed(_ client: String) throws(Miss) {
        try startClient(client, ["name": NameForm.typedName])
        if self[NameForm.self].isTyped, !contest.names {
            try Step.types(NameForm.typedName + "\n", at: client).perform(self)
        }
        try accept(client)
    }

    /// Finds out where the client has its name from, and whether it sends lines.
    ///
    /// - Parameters:
    ///   - text: What the user types then.
    ///   - prompted: What the judge sends to a client that waits for a word before it goes on.
    func findNameForm(
        _ client: String, then text: String, prompted: (() throws(Miss) -> Void)? = nil
    ) throws(Miss) {
        try startNamed(client)
        // Nothing but a name can come now.
        let name = Wanted("the name") { bytes, _ in
            bytes.endOfText(at: 0) == bytes.count
                ? .more : .found(count: 0, words: "the name")
        }
        try receive(name, on: client)
        try Step.types(text + "\n", at: client).perform(self)
        let peer = try peer(client)
        let both = Wanted("the name, and then \"\(text)\"") { bytes, _ in
            guard let place = bytes.firstRange(of: Array(text.utf8)) else { return .more }
            return .found(count: place.lowerBound, words: "the name")
        }
        if let prompted, !peer.comes(text, until: deadline) {
            self[TextForm.self].hasLines = peer.buffer.last == 10
            try prompted()
        }
        let bytes = try receive(both, on: client)
        try learnName(bytes, then: text)
        try receive(.typed(text), on: client)
    }

    /// Takes a client's name from what it sent before a text.
    private func learnName(_ bytes: [UInt8], then text: String) throws(Miss) {
        let typed = NameForm.typedName
        let sent = String(decoding: bytes, as: UTF8.self).withoutEnds
        var own = sent
        if sent.hasSuffix(typed) { own = String(sent.dropLast(typed.count)).withoutEnds }
        let isTyped = own.isEmpty
        guard !sent.isEmpty, isTyped || !own.contains(typed), isTyped || !contest.names else {
            throw Miss(
                wanted: "the name once, and then \"\(text)\"", got: bytes.shown,
                cause: sent.isEmpty ? "the name is missing" : nil)
        }
        self[NameForm.self].isTyped = isTyped
        self[NameForm.self].name = isTyped ? typed : own
        self[TextForm.self].hasLines = bytes.last == 10
        findings.words = [
            (bytes.last == 10 ? "lines" : "texts without a line end")
                + (isTyped ? "" : ", a name of its own")
        ]
    }
}

extension Peer {
    /// Whether a text comes in time; it stays in the buffer.
    func comes(_ text: String, until deadline: Instant) -> Bool {
        while buffer.firstRange(of: Array(text.utf8)) == nil {
            guard take(until: deadline) else { return false }
        }
        return true
    }
}

extension String {
    /// The text without blanks, line ends and NULs around it.
    fileprivate var withoutEnds: String {
        let isEnd = { (character: Character) in character.isWhitespace || character == "\0" }
        return String(drop(while: isEnd).reversed().drop(while: isEnd).reversed())
    }
}
