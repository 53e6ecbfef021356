/// One demand on a program: the sentence that makes it, its points, and how it is tried.
struct Case: Sendable {
    /// Where the demand comes from.
    enum Kind: String, Sendable {
        /// The sheet says it.
        case sheet
        /// TCP or UDP does it to any program.
        case network
        /// Only Exercises.md says it; it is asked with `--format page`, and has no points.
        case page
    }

    let id: String
    let kind: Kind
    let points: Int
    /// The sentence of the sheet, or of the manual, word for word.
    let sentence: String
    /// The cases that must have passed before.
    let needs: [String]
    let steps: [Step]
    /// Why a program need not be asked this, by what was found out about it; `nil` asks it.
    var exemption: @Sendable (Findings) -> String? = { _ in nil }

    init(
        _ id: String, _ kind: Kind, _ points: Int, _ sentence: String,
        needs: [String] = [], _ steps: [Step]
    ) {
        self.id = id
        self.kind = kind
        self.points = points
        self.sentence = sentence
        self.needs = needs
        self.steps = steps
    }

    /// The same case, not asked of programs for which there is a reason.
    func exempt(_ reason: @escaping @Sendable (Findings) -> String?) -> Case {
        var test = self
        test.exemption = reason
        return test
    }

    /// Everything that is done, for people to read.
    var does: String { steps.map(\.words).joined(separator: "; ") }
}

/// One thing that the judge does or expects. It describes itself.
struct Step: Sendable {
    let words: String
    let perform: @Sendable (Play) throws(Miss) -> Void

    init(_ words: String, _ perform: @escaping @Sendable (Play) throws(Miss) -> Void) {
        self.words = words
        self.perform = perform
    }

    /// Several steps under one description.
    init(_ words: String, _ steps: [Step]) {
        self.init(words) { play throws(Miss) in
            for step in steps { try step.perform(play) }
        }
    }
}

/// The reason why a step failed: a fact, never a guess.
struct Miss: Error {
    /// The way in which the wait for an answer ended.
    enum End: String, Sendable {
        case silence, end, reset, exit
        /// Bytes came that are no right answer, whatever follows.
        case wrong
    }

    var wanted: String
    var got: String
    var end: End
    /// Both as bytes, in hex with dots for the free ones, where the answer is known by its bytes.
    var bytes: (wanted: String, got: String)?
    /// The known mistake that gives exactly these bytes.
    var cause: String?
    /// The judge could not do its part: it says nothing about the program.
    var isJudges = false
    /// The judge did not start the program, and so cannot do this to it.
    var isOutOfReach = false

    init(
        wanted: String, got: String, _ end: End = .wrong, cause: String? = nil
    ) {
        self.wanted = wanted
        self.got = got
        self.end = end
        self.cause = cause
    }

    /// What is got where nothing more can be sent.
    static let gone = "the connection is gone"

    /// The judge cannot go on: no port is free, or the program cannot be started.
    static func notJudged(_ why: String) -> Miss {
        var miss = Miss(wanted: "", got: why)
        miss.isJudges = true
        return miss
    }

    /// The program runs somewhere else: its process cannot be watched or ended.
    static func outOfReach() -> Miss {
        var miss = notJudged("the judge has not started this program")
        miss.isOutOfReach = true
        return miss
    }

    /// More time might help.
    var isLate: Bool { end == .silence }
}
