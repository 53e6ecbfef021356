import Console
import Synchronization
import Threads

/// Plays all cases of an exam with one program, several at once.
final class Judge: Sendable {
    private let exam: Exam
    private let contest: Contest
    private let cases: [Case]
    private let seed: UInt64
    private let state: Mutex<State>
    private let changed = Semaphore(0)

    private struct State {
        var report: Report
        var findings: [String: Findings] = [:]
        var begun: Set<Int> = []
    }

    /// How long a program may take for an answer, at first.
    static let patience = Duration.seconds(2)

    init(_ exam: Exam, _ contest: Contest, cases: [Case], seed: UInt64) {
        self.exam = exam
        self.contest = contest
        self.cases = cases
        self.seed = seed
        let report = Report(
            subject: exam.subject, command: contest.command, seed: seed,
            results: cases.map { _ in nil }, cases: cases)
        state = Mutex(State(report: report))
    }

    /// Judges the program.
    ///
    /// - Parameter progress: Called after every case with the report so far, in this thread.
    func judge(_ progress: (Report) throws -> Void = { _ in }) throws -> Report {
        // A server that runs already has a state that cases would take from each other.
        let width = contest.port == nil ? exam.width : 1
        let threads = (0..<min(width, cases.count)).map { _ in Thread { self.work() } }
        for thread in threads { try thread.start() }
        for _ in cases {
            changed.acquire()
            try progress(state.withLock(\.report))
        }
        for thread in threads { thread.join() }
        return state.withLock(\.report)
    }

    /// Plays one case after another until none is left.
    private func work() {
        while true {
            switch next() {
            case .play(let index, let findings):
                finish(index, play(cases[index], findings))
            case .skip(let index, let result): finish(index, (result, Findings()))
            case .wait: sleep(for: .milliseconds(2))
            case .done: return
            }
        }
    }

    private enum Work {
        case play(Int, Findings)
        case skip(Int, Result)
        /// The cases that are left need others that are under way.
        case wait
        case done
    }

    private func next() -> Work {
        state.withLock { state in
            let left = cases.indices.filter { !state.begun.contains($0) }
            guard !left.isEmpty else { return .done }
            for index in left {
                let test = cases[index]
                let needed = cases.indices.filter { test.needs.contains(cases[$0].id) }
                let results = needed.compactMap { state.report.results[$0] }
                if let failed = results.first(where: { $0.status != .passed }) {
                    state.begun.insert(index)
                    var result = Result(test: test, status: .skipped)
                    result.reason = "it needs \(failed.test.id)"
                    if failed.status == .notJudged {
                        result.status = .notJudged
                        result.reason = failed.reason
                    }
                    return .skip(index, result)
                }
                guard results.count == needed.count else { continue }
                state.begun.insert(index)
                var findings = Findings()
                for other in needed { findings.add(state.findings[cases[other].id] ?? Findings()) }
                if let reason = test.exemption(findings) {
                    var result = Result(test: test, status: .skipped)
                    result.reason = reason
                    result.isExempt = true
                    return .skip(index, result)
                }
                return .play(index, findings)
            }
            return .wait
        }
    }

    private func finish(_ index: Int, _ outcome: (Result, Findings)) {
        state.withLock { state in
            state.report.results[index] = outcome.0
            state.findings[cases[index].id] = outcome.1
            for words in outcome.1.words where !state.report.found.contains(words) {
                state.report.found.append(words)
            }
        }
        changed.release()
    }

    // MARK: One case

    private func play(_ test: Case, _ findings: Findings) -> (Result, Findings) {
        var outcome = attempt(test, test.steps, findings, patience: Self.patience)
        if let failure = outcome.0.failure, failure.miss.isLate {
            // Perhaps the machine was busy: once more, with three times as long.
            outcome = attempt(
                test, test.steps, findings, patience: Self.patience * 3, isSecond: true)
        }
        guard outcome.0.status == .failed else { return outcome }
        for steps in test.simpler {
            let simpler = attempt(test, steps, findings, patience: Self.patience, isSecond: true)
            if simpler.0.status == .failed { return simpler }
        }
        return outcome
    }

    private func attempt(
        _ test: Case, _ steps: [Step], _ findings: Findings, patience: Duration,
        isSecond: Bool = false
    ) -> (Result, Findings) {
        var result = Result(test: test, status: .passed)
        let play = Play(
            exam, contest, findings, patience: patience,
            // Each case has a chance of its own, whatever the order in which they are played.
            chance: Chance(seed: seed &+ test.id.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }))
        do throws(Miss) {
            for step in steps { try step.perform(play) }
        } catch {
            if error.isJudges {
                result.status = .notJudged
                result.reason = error.got
            } else {
                result.status = .failed
                result.failure = Result.Failure(
                    miss: error, isSlow: isSecond && error.isLate, attempt: play.attempt,
                    lastWords: play.lastWords)
            }
        }
        result.record = play.record
        _ = play.finish()
        return (result, play.findings)
    }
}
