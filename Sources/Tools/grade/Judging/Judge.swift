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
        /// One for each case that is played, whether it is reported or only needed.
        var results: [Result?]
        var findings: [String: Findings] = [:]
        var begun: Set<Int> = []
    }

    /// How long a program may take for an answer, at first.
    static let patience = Duration.seconds(2)

    /// - Parameter cases: Those that are reported; what they need is played, too.
    init(_ exam: Exam, _ contest: Contest, cases: [Case], seed: UInt64, passMark: Int? = nil) {
        self.exam = exam
        self.contest = contest
        self.cases = exam.withNeeded(cases)
        self.seed = seed
        var report = Report(
            subject: exam.subject, command: contest.command, seed: seed,
            results: cases.map { _ in nil }, cases: cases)
        report.passMark = passMark
        state = Mutex(State(report: report, results: self.cases.map { _ in nil }))
    }

    /// Judges the program.
    ///
    /// - Parameters:
    ///   - places: Limits the cases that are played at once, where several judges are at work.
    ///   - progress: Called after every case with the report so far, in this thread.
    func judge(
        _ places: Semaphore? = nil, _ progress: (Report) throws -> Void = { _ in }
    ) throws -> Report {
        // A server that runs already has a state that cases would take from each other.
        let width = contest.port == nil ? exam.width : 1
        var running = 0
        while true {
            while running < width, let work = next() {
                switch work {
                case .play(let index, let findings):
                    running += 1
                    try Thread {
                        places?.acquire()
                        defer { places?.release() }
                        self.finish(index, self.play(self.cases[index], findings))
                    }.start()
                case .skip(let index, let result): note(index, (result, Findings()))
                }
            }
            try progress(state.withLock(\.report))
            guard running > 0 else { return state.withLock(\.report) }
            changed.acquire()
            running -= 1
        }
    }

    private enum Work {
        case play(Int, Findings)
        case skip(Int, Result)
    }

    /// The next case that needs no other one which is not done yet.
    private func next() -> Work? {
        state.withLock { state in
            for index in cases.indices where !state.begun.contains(index) {
                let test = cases[index]
                // A server that ran already and does not any more stays away.
                if contest.port != nil,
                    let gone = state.results.compactMap(\.self).first(where: {
                        $0.status == .notJudged
                    })
                {
                    state.begun.insert(index)
                    return .skip(index, Result(skipping: test, since: gone))
                }
                let needed = test.needs.compactMap { id in cases.firstIndex { $0.id == id } }
                let results = needed.compactMap { state.results[$0] }
                if let failed = results.first(where: { $0.status != .passed && !$0.isExempt }) {
                    state.begun.insert(index)
                    return .skip(index, Result(skipping: test, since: failed))
                }
                guard results.count == needed.count else { continue }
                state.begun.insert(index)
                var findings = Findings()
                for other in needed { findings.add(state.findings[cases[other].id] ?? Findings()) }
                if let reason = test.exemption(findings) {
                    return .skip(index, Result(exempting: test, since: reason))
                }
                return .play(index, findings)
            }
            return nil
        }
    }

    private func finish(_ index: Int, _ outcome: (Result, Findings)) {
        note(index, outcome)
        changed.release()
    }

    private func note(_ index: Int, _ outcome: (Result, Findings)) {
        state.withLock { state in
            let id = cases[index].id
            state.results[index] = outcome.0
            state.findings[id] = outcome.1
            if let place = state.report.cases.firstIndex(where: { $0.id == id }) {
                state.report.results[place] = outcome.0
            }
            // In declared order, whatever the order in which the cases end.
            state.report.found = []
            for words in cases.flatMap({ state.findings[$0.id]?.words ?? [] })
            where !state.report.found.contains(words) {
                state.report.found.append(words)
            }
        }
    }

    // MARK: One case

    private func play(_ test: Case, _ findings: Findings) -> (Result, Findings) {
        let outcome = attempt(test, findings, patience: Self.patience)
        guard let failure = outcome.0.failure, failure.miss.isLate else { return outcome }
        // Perhaps the machine was busy: once more, with three times as long.
        return attempt(test, findings, patience: Self.patience * 3, isSecond: true)
    }

    /// Plays a case, and again as long as another program is at the port, since then nobody knows
    /// which of the two was judged.
    private func attempt(
        _ test: Case, _ findings: Findings, patience: Duration, isSecond: Bool = false
    ) -> (Result, Findings) {
        for _ in 1..<Self.mostPorts {
            let (outcome, isDisturbed) = attemptOnce(test, findings, patience, isSecond)
            if !isDisturbed { return outcome }
        }
        return attemptOnce(test, findings, patience, isSecond).outcome
    }

    /// At how many ports a case is played.
    private static let mostPorts = 5

    private func attemptOnce(
        _ test: Case, _ findings: Findings, _ patience: Duration, _ isSecond: Bool
    ) -> (outcome: (Result, Findings), isDisturbed: Bool) {
        var result = Result(test: test, status: .passed)
        let play = Play(
            exam, contest, findings, patience: patience,
            // Each case has a chance of its own, whatever the order in which they are played.
            chance: Chance(seed: seed &+ test.id.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }))
        do throws(Miss) {
            for step in test.steps { try step.perform(play) }
        } catch {
            if error.isOutOfReach {
                result.status = .skipped
                result.isLeftOut = true
                result.reason = error.got
            } else if error.isJudges {
                result.status = .notJudged
                result.reason = error.got
            } else {
                let miss = play.settled(error)
                result.status = .failed
                result.failure = Result.Failure(
                    miss: miss, isSlow: isSecond && miss.isLate, attempt: play.attempt,
                    lastWords: play.lastWords(after: miss))
            }
        }
        result.record = play.record
        _ = play.finish()
        let isDisturbed = result.status == .passed ? play.hasRival : play.mayHaveRival
        return ((result, play.findings), isDisturbed)
    }
}
