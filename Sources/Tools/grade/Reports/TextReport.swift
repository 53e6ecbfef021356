import Protocol

/// The report on standard output: a line a case, failures with their story.
struct TextReport: Sendable {
    private let showsPointsOnly: Bool
    private let idWidth: Int
    private let pointsWidth: Int

    /// A longer line has its end cut off.
    private static let lineLimit = 400
    /// Of a longer story the middle is left out.
    private static let storyLimit = 48

    /// - Parameter cases: All that will be reported, so that the columns are known.
    init(of cases: [Case], showsPointsOnly: Bool = false) {
        self.showsPointsOnly = showsPointsOnly
        idWidth = cases.map(\.id.count).max() ?? 0
        pointsWidth = cases.map { $0.shownPoints($0.points).count }.max() ?? 0
    }

    /// The lines for one case; empty if it is not shown.
    func lines(for result: Result) -> [String] {
        guard !showsPointsOnly else { return [] }
        let test = result.test
        let points = test.shownPoints(result.points).padded(to: pointsWidth)
        let head = "\(result.status.word)  \(points)  "
        let lines =
            switch result.status {
            case .passed: [head + test.id]
            case .skipped, .notJudged:
                ["\(head)\(test.id.padded(to: idWidth))  \(result.reason ?? "")"]
            case .failed:
                ["\(head)\(test.id.padded(to: idWidth))  \(test.quotedSentence)"]
                    + story(of: result)
            }
        return lines.map(Self.harmless)
    }

    /// The whole report.
    func text(of report: Report) -> String {
        let lines = report.results.compactMap(\.self).flatMap { self.lines(for: $0) }
        return (lines + end(of: report)).map { $0 + "\n" }.joined()
    }

    /// The lines after all cases; the last is `guess-server: 87 of 100 points, 19 of 22 cases`.
    func end(of report: Report) -> [String] {
        let isFound = !report.found.isEmpty && !showsPointsOnly
        let found = isFound ? ["format: \(report.found.joined(separator: "; "))"] : []
        let total =
            "\(report.subject): \(report.points) of \(report.mostPoints) points, "
            + "\(report.passedCount) of \(report.askedCount) cases"
        return (found + [total]).map(Self.harmless)
    }

    /// The program's words move no cursor and fill no screen.
    private static func harmless(_ line: String) -> String {
        let shown = line.escaped.replacing("\t", with: "\\t")
        guard
            let end = shown.unicodeScalars.index(
                shown.startIndex, offsetBy: lineLimit, limitedBy: shown.endIndex),
            end < shown.endIndex
        else { return shown }
        return shown[..<end] + "…"
    }

    // MARK: The story of a failure

    private func story(of result: Result) -> [String] {
        guard let failure = result.failure else { return [] }
        let indent = "      "
        var lines = Self.steps(result.record)
        let (wanted, got) = failure.columns
        lines.append("\(indent)wanted  \(wanted)")
        lines.append("\(indent)got     \(got)")
        if let words = failure.lastWords { lines.append("\(indent)says    \(words)") }
        if let cause = failure.miss.cause { lines.append("\(indent)cause   \(cause)") }
        if let attempt = failure.attempt { lines.append("\(indent)try     \(attempt)") }
        return lines
    }

    private static func steps(_ record: Record) -> [String] {
        let all = record.lines
        let isLong = all.count > storyLimit
        // The end matters more: there it failed.
        let first = isLong ? all.prefix(storyLimit / 4) : all[...]
        let last = isLong ? all.suffix(storyLimit * 3 / 4) : []
        let kept = first + last
        let numberWidth = "\(kept.last?.number ?? 0)".count
        let wordsWidth = min(40, kept.filter { $0.entry.count > 0 }.map(\.words.count).max() ?? 0)
        var lines: [String] = []
        var next = 1
        for line in kept {
            if line.number > next { lines.append("      … \(line.number - next) more") }
            next = line.number + 1
            let mark = line.number == all.last?.number ? "    * " : "      "
            let number =
                String(repeating: " ", count: numberWidth - "\(line.number)".count)
                + "\(line.number)"
            lines.append("\(mark)\(number)  \(line.text(wordsWidth: wordsWidth))")
        }
        return lines
    }
}

extension Record.Line {
    /// `A → < 50`.
    var words: String { (entry.who.isEmpty ? "" : "\(entry.who) ") + entry.does }

    /// `A → < 50   3c 00 00 00`.
    fileprivate func text(wordsWidth: Int) -> String {
        guard entry.count > 0 else { return words }
        let shown = Array(entry.bytes.prefix(16))
        let rest = entry.count > shown.count ? " … \(entry.count) bytes" : ""
        return "\(words.padded(to: wordsWidth))   \(shown.hex)\(rest)"
    }
}

extension Case {
    /// Points of this case, as `3 of 4`; a case of the page has none.
    func shownPoints(_ points: Int) -> String {
        kind == .page ? "page" : "\(points) of \(self.points)"
    }

    /// The sentence; one of the sheet's is quoted.
    var quotedSentence: String { kind == .network ? sentence : "\"\(sentence)\"" }
}

extension Result.Status {
    /// Its word in a column.
    fileprivate var word: String {
        switch self {
        case .passed: "pass"
        case .failed: "FAIL"
        case .skipped: "skip"
        case .notJudged: "----"
        }
    }
}

extension Result.Failure {
    /// What was wanted and what came, the bytes of both in one column.
    var columns: (wanted: String, got: String) {
        guard let bytes = miss.bytes else { return (miss.wanted, got) }
        let width = max(bytes.wanted.count, bytes.got.count)
        let words = Self.joined(miss.got, ending)
        return (
            "\(bytes.wanted.padded(to: width))  \(miss.wanted)",
            words.isEmpty ? bytes.got : "\(bytes.got.padded(to: width))  \(words)"
        )
    }

    /// What came, and how the wait for more ended.
    var got: String { Self.joined(miss.bytes?.got ?? "", miss.got, ending) }

    private var ending: String {
        switch miss.end {
        case .silence: "and then nothing for \(isSlow ? "6 s: too slow" : "2 s")"
        case .end: "and then the end of the stream"
        case .reset: "and then a reset"
        case .exit, .wrong: ""
        }
    }

    private static func joined(_ parts: String...) -> String {
        parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension String {
    /// The text with blanks behind it, so that a column has one width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
