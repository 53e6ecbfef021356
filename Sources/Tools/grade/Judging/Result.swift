/// What became of one case.
struct Result: Sendable {
    enum Status: String, Sendable {
        case passed, failed, skipped
        case notJudged = "not judged"
    }

    /// Where a play stopped, and why.
    struct Failure: Sendable {
        let miss: Miss
        /// It was late, and late again when it was given three times as long.
        let isSlow: Bool
        /// A line to try the same by hand.
        let attempt: String?
        /// The last words of the program, and its end, as far as the judge saw them.
        let lastWords: String?
    }

    let test: Case
    var status: Status
    /// Why it was skipped or not judged; or why it counts although it was not asked.
    var reason: String?
    var record = Record()
    var failure: Failure?

    var points: Int {
        switch status {
        case .passed: test.points
        // What the sheet leaves open and a program does without costs nothing.
        case .skipped: isExempt ? test.points : 0
        case .failed, .notJudged: 0
        }
    }

    /// Nothing in the sheet asks this of such a program, so that its points are given.
    var isExempt = false
    /// The judge has no way to ask this, so that its points do not count at all.
    var isLeftOut = false

    /// The points that the program could have had.
    var mostPoints: Int { isLeftOut ? 0 : test.points }
}

extension Result {
    /// A case that cannot be played, since one that it needs has not passed.
    init(skipping test: Case, since other: Result) {
        self.init(test: test, status: other.status == .notJudged ? .notJudged : .skipped)
        reason = other.status == .notJudged ? other.reason : "it needs \(other.test.id)"
    }

    /// A case that nothing in the sheet asks of such a program.
    init(exempting test: Case, since reason: String) {
        self.init(test: test, status: .skipped)
        self.reason = reason
        isExempt = true
    }
}

/// What the judge says about a program, as far as it has come.
struct Report: Sendable {
    let subject: String
    let command: [String]
    let seed: UInt64
    /// What was found out about the program's own choices.
    var found: [String] = []
    /// One for each case, in declared order; `nil` for a case that has not been played yet.
    var results: [Result?]
    /// All cases, in declared order.
    let cases: [Case]

    var isComplete: Bool { results.allSatisfy { $0 != nil } }
    private var done: [Result] { results.compactMap(\.self) }
    /// The cases that were asked of this program.
    private var asked: [Result] { done.filter { !$0.isExempt && !$0.isLeftOut } }

    var points: Int { done.reduce(0) { $0 + $1.points } }
    var mostPoints: Int {
        zip(cases, results).reduce(0) { $0 + ($1.1?.mostPoints ?? $1.0.points) }
    }
    var passedCount: Int { asked.count { $0.status == .passed } }
    var askedCount: Int { asked.count }
    var failedCount: Int { done.count { $0.status == .failed } }

    /// The program could not be judged at all, and why.
    var notJudged: String? {
        done.first { $0.status == .notJudged }?.reason
    }

    /// What all cases say together.
    enum Verdict: String, Sendable {
        case passed, failed
        case notJudged = "not judged"
    }

    /// The points that are enough; without them every case of the sheet and the network must pass.
    var passMark: Int?

    var verdict: Verdict {
        guard isComplete, notJudged == nil else { return .notJudged }
        if let passMark { return points >= passMark ? .passed : .failed }
        let demanded = asked.filter { $0.test.kind != .page }
        return demanded.allSatisfy { $0.status == .passed } ? .passed : .failed
    }
}
