/// How a program's texts end, where the sheet does not say it.
struct TextForm: Finding {
    /// Each text ends with `\n`. Otherwise a text is what one send brings, and the judge waits
    /// until the program has read it.
    var hasLines = false

    /// The bytes of a text.
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) + (hasLines ? [10] : []) }

    /// Why nothing is cut or glued that has no end; `nil` where lines are agreed.
    static let noFraming: @Sendable (Findings) -> String? = { findings in
        findings[TextForm.self].hasLines
            ? nil : "its texts have no end that both sides know: they are neither cut nor glued"
    }

    /// For the report.
    fileprivate var words: String {
        hasLines ? "texts that end with \\n" : "texts without a line end"
    }
}

extension Play {
    /// Finds out whether a server takes texts without a line end, or lines.
    ///
    /// Lines are agreed if the server takes them, and either ends its own texts so or does not
    /// take texts without.
    ///
    /// - Parameters:
    ///   - attempt: Plays a short conversation from the start, and returns what came last.
    ///   - glued: The same with lines in one segment, which only a server that knows lines can
    ///     tell apart: for servers whose texts end as those of their clients.
    func findTextForm(
        _ attempt: () throws(Miss) -> [UInt8], glued: (() throws(Miss) -> Void)? = nil
    ) throws(Miss) {
        let bare = try outcome(hasLines: false, attempt)
        try decide(bare, attempt, glued)
        findings.words = [self[TextForm.self].words]
    }

    private func decide(
        _ bare: Outcome, _ attempt: () throws(Miss) -> [UInt8], _ glued: (() throws(Miss) -> Void)?
    ) throws(Miss) {
        guard !contest.isBare else { return try keep(bare) }
        if case .success(let bytes) = bare, bytes.last != 10 {
            guard let glued else { return }
            let lines = try outcome(hasLines: true) { () throws(Miss) in
                try glued()
                return []
            }
            return try keep(lines, or: bare)
        }
        try keep(try outcome(hasLines: true, attempt), or: bare)
    }

    private typealias Outcome = Swift.Result<[UInt8], Miss>

    private func outcome(
        hasLines: Bool, _ attempt: () throws(Miss) -> [UInt8]
    ) throws(Miss) -> Outcome {
        startOver()
        self[TextForm.self].hasLines = hasLines
        do throws(Miss) {
            return .success(try attempt())
        } catch {
            if error.isJudges { throw error }
            return .failure(error)
        }
    }

    /// Takes the form of the last attempt if it has passed, or else that of the first.
    private func keep(_ last: Outcome, or first: Outcome? = nil) throws(Miss) {
        guard case .failure(let miss) = last else { return }
        guard let first else { throw miss }
        self[TextForm.self].hasLines = false
        // Wrong bytes tell more than silence.
        if case .failure(let other) = first { throw other.isLate ? miss : other }
    }
}
