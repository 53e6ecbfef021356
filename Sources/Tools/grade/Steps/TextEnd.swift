import Sockets

/// What ends the only text of a connection, where the sheet agrees on nothing.
struct TextEnd: Finding {
    enum End: String, Sendable {
        /// One `recv` is taken for a message.
        case nothing = "texts without a line end"
        case line = "texts end with a line end"
        case stream = "texts end with the stream"
    }

    var end = End.nothing

    /// The bytes of a text.
    func bytes(_ text: String) -> [UInt8] { Array((end == .line ? text + "\n" : text).utf8) }

    /// Why a text is neither cut nor glued, if it is not.
    static func noFraming(_ findings: Findings) -> String? {
        findings[TextEnd.self].end == .nothing
            ? "the program takes what comes for a message, as the sheet does" : nil
    }
}

extension Play {
    /// Sends a text in the form that the program understands.
    func send(text: String, on name: String, cutInto sizes: [Int] = []) throws(Miss) {
        let form = self[TextEnd.self]
        try send(form.bytes(text), "\"\(text)\"", on: name, cutInto: sizes)
        if form.end == .stream { try Step.halfCloses(name).perform(self) }
    }

    /// Finds out what ends a text for this server: nothing, a line end or the end of the stream.
    ///
    /// An answer that comes before the line end is sent tells it. One that comes later may only be
    /// late: then a new program shows whether it answers without.
    ///
    /// - Parameters:
    ///   - texts: The text, or its parts where each is a message of its own.
    ///   - enter: Starts the program and connects A.
    func findTextEnd(
        of texts: [String], _ wanted: Wanted, enter: [Step]
    ) throws(Miss) {
        var found = TextEnd.End.nothing
        for step in enter { try step.perform(self) }
        if try !isAnswered(texts, wanted, within: .milliseconds(350)) {
            found = .line
            try send([10], "a line end", on: "A")
            if try !isAnswer(wanted, within: .milliseconds(350)) {
                found = .stream
                try Step.halfCloses("A").perform(self)
                try receive(wanted, on: "A")
            }
        }
        let simpler = [TextEnd.End.nothing, .line].prefix { $0 != found }
        for end in simpler {
            startOver()
            for step in enter { try step.perform(self) }
            self[TextEnd.self].end = end
            if try isAnswered(texts, wanted, within: patience) { found = end; break }
        }
        self[TextEnd.self].end = found
        if !findings.words.contains(found.rawValue) { findings.words.append(found.rawValue) }
    }

    /// Whether an answer comes to these texts, sent in the form that is known so far.
    private func isAnswered(
        _ texts: [String], _ wanted: Wanted, within time: Duration
    ) throws(Miss) -> Bool {
        for (index, text) in texts.enumerated() {
            try send(self[TextEnd.self].bytes(text), "\"\(text)\"", on: "A")
            if index < texts.count - 1 { waitUntilRead(try peer("A")) }
        }
        waitUntilRead(try peer("A"))
        return try isAnswer(wanted, within: time)
    }

    private func isAnswer(_ wanted: Wanted, within time: Duration) throws(Miss) -> Bool {
        do throws(Miss) {
            try receive(wanted, on: "A", within: time)
            return true
        } catch {
            guard error.end == .silence else { throw error }
            if try peer("A").buffer.isEmpty { return false }
            // It has begun, and perhaps needs more time.
            try receive(wanted, on: "A")
            return true
        }
    }
}
