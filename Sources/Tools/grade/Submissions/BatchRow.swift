import Protocol
import Synchronization

/// What became of one submission.
struct BatchRow: Sendable {
    let name: String
    let verdict: Report.Verdict
    var points = 0
    var mostPoints = 0
    var passedCount = 0
    var askedCount = 0
    /// The ids of the cases that failed, in declared order.
    var failed: [String] = []
    /// The points of each case, in declared order.
    var casePoints: [Int] = []
    /// Why it could not be judged.
    var reason: String?

    init(_ name: String, _ report: Report) {
        self.name = name
        verdict = report.verdict
        points = report.points
        mostPoints = report.mostPoints
        passedCount = report.passedCount
        askedCount = report.askedCount
        let results = report.results.compactMap(\.self)
        failed = results.filter { $0.status == .failed }.map(\.test.id)
        casePoints = results.map(\.points)
        reason = report.notJudged
    }

    init(_ name: String, notJudged reason: String) {
        self.name = name
        self.reason = reason
        verdict = .notJudged
    }
}

extension [BatchRow] {
    /// What all of them say together: one that could not be judged leaves the rest open.
    var verdict: Report.Verdict {
        if contains(where: { $0.verdict == .notJudged }) { return .notJudged }
        return allSatisfy { $0.verdict == .passed } ? .passed : .failed
    }
}

/// The rows so far, from several threads.
final class Outcomes: Sendable {
    private let state: Mutex<[BatchRow?]>

    init(_ count: Int) {
        state = Mutex([BatchRow?](repeating: nil, count: count))
    }

    func set(_ index: Int, _ row: BatchRow) { state.withLock { $0[index] = row } }
    var rows: [BatchRow?] { state.withLock(\.self) }
}

/// The table of the submissions on standard output.
struct BatchTable {
    private let nameWidth: Int
    private let pointsWidth: Int
    private let casesWidth: Int

    /// A longer name moves the columns of its line.
    private static let longestName = 40
    /// How many of the failed cases are named.
    private static let shownFailures = 4

    init(_ names: [String], _ cases: [Case]) {
        nameWidth = min(Self.longestName, names.map(\.shownName.count).max() ?? 0)
        let points = cases.reduce(0) { $0 + $1.points }
        pointsWidth = "\(points) of \(points)".count
        casesWidth = "\(cases.count) of \(cases.count)".count
    }

    /// `anna  87 of 100   19 of 22  frame.split, stop`.
    func line(for row: BatchRow) -> String {
        let name = row.name.shownName.padded(to: nameWidth)
        guard row.verdict != .notJudged else {
            return "\(name)  not judged: \((row.reason ?? "").shownName)"
        }
        let points = "\(row.points) of \(row.mostPoints)".padded(to: pointsWidth)
        let cases = "\(row.passedCount) of \(row.askedCount)"
        guard !row.failed.isEmpty else { return "\(name)  \(points)  \(cases)" }
        let left = row.failed.count - Self.shownFailures
        let failed = row.failed.prefix(Self.shownFailures).joined(separator: ", ")
        return "\(name)  \(points)  \(cases.padded(to: casesWidth))  \(failed)"
            + (left > 0 ? " and \(left) more" : "")
    }

    /// `guess-server: 3 submissions, 1 passed, 1 failed, 1 not judged`.
    func total(of rows: [BatchRow], _ subject: String) -> String {
        func count(_ verdict: Report.Verdict) -> String {
            "\(rows.count { $0.verdict == verdict }) \(verdict.rawValue)"
        }
        let submissions = rows.count == 1 ? "1 submission" : "\(rows.count) submissions"
        return "\(subject): \(submissions), \(count(.passed)), \(count(.failed)), "
            + count(.notJudged)
    }
}

extension String {
    /// A name from elsewhere, in one line that harms no terminal.
    fileprivate var shownName: String {
        let shown = escaped.replacing("\t", with: "\\t")
        return shown.count > 200 ? "\(shown.prefix(200))…" : shown
    }
}
