import CSystem
import Console
import Files
import Processes
import Threads

/// Judges many submissions, several at once, and shows a line for each, in order of their names.
///
/// Each one is copied, and judged by a judge of its own. The cases of all take turns, and no
/// program has more of them at once than it would have alone: so one that hangs or works all the
/// time takes no more than its share.
final class Batch {
    private let submissions: [Submission]
    private let inspection: Inspection
    private let files: BatchFiles
    private let ended = Semaphore(0)
    private let outcomes: Outcomes
    /// For the cases of all.
    private let places: Semaphore

    init(_ submissions: [Submission], _ inspection: Inspection, files: BatchFiles) {
        self.submissions = submissions
        self.inspection = inspection
        self.files = files
        outcomes = Outcomes(submissions.count)
        places = Semaphore(Self.full * inspection.exam.width)
    }

    /// Judges all, and prints the table.
    ///
    /// - Returns: What all of them say together.
    func judge() throws -> Report.Verdict {
        let (cases, subject) = (inspection.cases, inspection.exam.subject)
        let table = BatchTable(submissions.map(\.name), cases)
        var waiting = submissions.indices.makeIterator()
        var running = 0
        var shown = 0
        while true {
            while running < Self.width, let index = waiting.next() {
                running += 1
                try start(index)
            }
            guard running > 0 else { break }
            ended.acquire()
            running -= 1
            let rows = outcomes.rows
            while shown < rows.count, let row = rows[shown] {
                print(table.line(for: row))
                shown += 1
            }
            try files.update(rows.compactMap(\.self), cases, subject)
        }
        let rows = outcomes.rows.compactMap(\.self)
        print(table.total(of: rows, subject))
        return rows.verdict
    }

    /// As many programs as there are processors could be judged one by one, and two in any case,
    /// since they mostly wait.
    private static let full = max(2, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    /// More are begun, since one that hangs plays a single case most of the time.
    private static let width = 4 * full

    private func start(_ index: Int) throws {
        let (submission, inspection, files) = (submissions[index], inspection, files)
        let (outcomes, ended, places) = (outcomes, ended, places)
        try Thread {
            let row: BatchRow
            do {
                let place = try ScratchFolder()
                defer { place.remove() }
                let report = try inspection.judge(try submission.copied(to: place)).judge(places)
                try files.finish(report, of: submission)
                row = BatchRow(submission.name, report)
            } catch let error as Console.Exit {
                row = BatchRow(submission.name, notJudged: error.explanation ?? "")
            } catch {
                row = BatchRow(submission.name, notJudged: "\(error)")
            }
            outcomes.set(index, row)
            ended.release()
        }.start()
    }
}
