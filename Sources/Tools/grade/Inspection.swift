import Console
import Files
import Processes

/// What the command line asks: which cases of which exam, of one program or of many.
struct Inspection: Sendable {
    let exam: Exam
    let contest: Contest
    let cases: [Case]
    let seed: UInt64
    let passMark: Int?

    /// Judges the program, or one of many.
    func judge(_ submission: Submission? = nil) -> Judge {
        var contest = contest
        contest.submission = submission
        contest.files = FolderPlan(of: contest.place)
        return Judge(exam, contest, cases: cases, seed: seed, passMark: passMark)
    }

    /// Judges one program, and shows what it does right and wrong as the cases end.
    ///
    /// - Throws: `Exit` with 2 if it cannot be judged.
    func judgeOne(_ files: ReportFiles, showsPointsOnly: Bool) throws -> Report.Verdict {
        try files.check()
        if let obstacle = contest.obstacle { throw Console.Exit(code: 2, obstacle) }
        let workplace = try Workplace()
        defer { workplace.close() }
        let view = TextReport(of: cases, showsPointsOnly: showsPointsOnly)
        var shown = 0
        let report = try judge().judge { report in
            // In declared order, whatever the order in which they end.
            while shown < report.results.count, let result = report.results[shown] {
                for line in view.lines(for: result) { print(line) }
                shown += 1
            }
            try files.update(report)
        }
        try files.finish(report)
        for line in view.end(of: report) { print(line) }
        if let reason = report.notJudged { throw Console.Exit(code: 2, reason) }
        return report.verdict
    }

    /// Judges all submissions in a folder.
    ///
    /// - Throws: `Exit` with 2 if one of them cannot be judged.
    func judgeEach(in folder: String, _ files: BatchFiles) throws -> Report.Verdict {
        let submissions = try Submission.all(in: folder)
        if let obstacle = contest.obstacle { throw Console.Exit(code: 2, obstacle) }
        try files.prepare()
        let workplace = try Workplace()
        defer { workplace.close() }
        let verdict = try Batch(submissions, self, files: files).judge()
        if verdict == .notJudged { throw Console.Exit(code: 2) }
        return verdict
    }
}
