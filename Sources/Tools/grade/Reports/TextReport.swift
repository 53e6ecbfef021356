import Conversations
import Protocol

/// The report on standard output: a line a case, failures with their story.
struct TextReport {
    let showsPointsOnly: Bool

    /// The lines for one case; empty if it is not shown.
    func lines(for result: Result) -> [String] {
        guard !showsPointsOnly else { return [] }
        let test = result.test
        let points = test.kind == .page ? "" : "  \(result.points) of \(test.points)"
        let head = "\(result.status.word)\(points)  \(test.id)"
        switch result.status {
        case .passed: return [head]
        case .skipped, .notJudged: return ["\(head)  \(result.reason ?? "")"]
        case .failed: return ["\(head)  \(test.sentence)"] + story(of: result)
        }
    }

    private func story(of result: Result) -> [String] {
        guard let failure = result.failure else { return [] }
        var lines: [String] = []
        let entries = result.record.entries
        for (index, entry) in entries.enumerated() {
            let isLast = index == entries.count - 1
            lines.append("\(isLast ? "    * " : "      ")\(index + 1)  \(entry.line)")
        }
        lines.append("      wanted  \(failure.wanted)")
        lines.append("      got     \(failure.got)")
        if let words = failure.lastWords { lines.append("      says    \(words)") }
        if let cause = failure.miss.cause { lines.append("      cause   \(cause)") }
        if let attempt = failure.attempt { lines.append("      try     \(attempt)") }
        return lines
    }

    /// The last line: `guess-server: 87 of 100 points, 19 of 22 cases`.
    func total(of report: Report) -> String {
        "\(report.subject): \(report.points) of \(report.mostPoints) points, "
            + "\(report.passedCount) of \(report.askedCount) cases"
    }
}

extension Result.Status {
    var word: String {
        switch self {
        case .passed: "pass"
        case .failed: "FAIL"
        case .skipped: "skip"
        case .notJudged: "----"
        }
    }
}

extension Record.Entry {
    /// `A → < 50   3c 00 00 00`.
    var line: String {
        let name = who.isEmpty ? "" : "\(who) "
        let shown = bytes.prefix(16)
        let rest = count > shown.count ? " … \(count) bytes" : ""
        return name + does + (bytes.isEmpty ? "" : "  \(Array(shown).hex)\(rest)")
    }
}

extension Result.Failure {
    var wanted: String { miss.bytes.map { "\($0.wanted)  \(miss.wanted)" } ?? miss.wanted }

    /// What came, and how the wait ended.
    var got: String {
        let ending =
            switch miss.end {
            case .silence: "and then nothing for \(isSlow ? "6 s: too slow" : "2 s")"
            case .end: "and then the end of the stream"
            case .reset: "and then a reset"
            case .exit, .wrong: ""
            }
        let got = miss.bytes.map { "\($0.got)  \(miss.got)" } ?? miss.got
        return ending.isEmpty ? got : "\(got), \(ending)"
    }
}
