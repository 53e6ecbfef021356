import Conversations
import Sockets

/// How a quiz server is spoken to: the messages that begin a game, and the one that answers.
struct QuizForm: Finding {
    /// The messages, with `{name}` and `{n}`; and `{answer}`, the answer's label, or `{number}`,
    /// its place from 1.
    var entry = ["play {name} {n}"]
    var turn = "{answer}"

    static let candidates = [
        QuizForm(), QuizForm(["{name},{n}"]), QuizForm(["{name} {n}"]),
        QuizForm(["{\"name\": \"{name}\", \"questions\": {n}}"], "{\"answer\": {number}}"),
        QuizForm(["{name}", "{n}"]),
        QuizForm(["REGISTER|{name}|secret", "PLAY|{n}"], "ANSWER|{answer}"),
        QuizForm(["{name};{n}"]), QuizForm(["{name}|{n}"]), QuizForm(["{name}:{n}"]),
        QuizForm(["{name}\n{n}"]),
        QuizForm(["register {name} secret", "login {name} secret", "play {n}"]),
    ]

    init() {}

    init(_ entry: [String], _ turn: String = "{answer}") {
        self.entry = entry
        self.turn = turn
    }

    /// For the report.
    var words: String {
        "entry: " + entry.joined(separator: ", ").escaped
            + (turn == "{answer}" ? "" : "; answer: \(turn)")
    }
}

/// A multiple-choice question as a server sent it.
struct QuizQuestion: Sendable {
    let text: String
    /// The labels of its options, in their order.
    let labels: [String]

    /// Finds the options in a text: `a) …`, `1. …`, a list in JSON, or fields between bars.
    init?(_ text: Substring) {
        let found = Self.labelled(text) ?? Self.listed(text) ?? Self.barred(text)
        guard let found, found.count > 1 else { return nil }
        labels = found
        self.text = text.trimmed
    }

    private static func labelled(_ text: Substring) -> [String]? {
        let pattern = #/(?:^|[\s,;|(\["'])([A-Za-z1-9])["']?\s?[)\].:=\-–]/#
        let marks = text.matches(of: pattern).map { String($0.1) }
        let orders = [
            Array("abcdefgh"), Array("ABCDEFGH"), Array("12345678"),
        ].map { $0.map(String.init) }
        var best: [String] = []
        for order in orders {
            for start in marks.indices where marks[start] == order[0] {
                var count = 0
                for mark in marks[start...] where count < order.count && mark == order[count] {
                    count += 1
                }
                if count > best.count { best = Array(order.prefix(count)) }
            }
        }
        return best.count > 1 ? best : nil
    }

    private static func listed(_ text: Substring) -> [String]? {
        let list = text.firstMatch(of: #/"(?:choices|options|answers)"\s*:\s*\[([^\]]*)\]/#)
        let count = list?.1.matches(of: #/"(?:[^"\\]|\\.)*"|\d+/#).count ?? 0
        return count > 1 ? (1...count).map(String.init) : nil
    }

    private static func barred(_ text: Substring) -> [String]? {
        let fields = text.split(separator: "\n").last?.split(separator: "|").dropFirst() ?? []
        // A line of numbers alone is a result.
        guard fields.count > 2, fields.contains(where: { Int($0) == nil }) else { return nil }
        return Array("abcdefgh".prefix(fields.count - 1)).map(String.init)
    }
}

extension Play {
    /// A player connects and begins a game.
    func enterQuiz(_ client: String, as name: String, questions: Int) throws(Miss) {
        try connect(client)
        let form = self[QuizForm.self]
        for (index, part) in form.entry.enumerated() {
            if index > 0 {
                // Either the server says something now, or it waits for the next part.
                try waitUntilIdle(client)
                try takeText(on: client)
            }
            let text = part.replacing("{name}", with: name).replacing("{n}", with: "\(questions)")
            try say(text, on: client)
        }
    }

    /// Waits for a question; what stands before it is free.
    func hearQuestion(on client: String, within time: Duration? = nil) throws(Miss)
        -> QuizQuestion
    {
        let wanted = "a multiple-choice question: options such as a) … b) …"
        let first = try hear(wanted, on: client, within: time) { text, _ in
            QuizQuestion(text).map { ($0, text.endIndex) }
        }
        // Further options may come in texts of their own.
        let rest = try hearRest(on: client)
        return QuizQuestion((first.text + "\n" + rest)[...]) ?? first
    }

    func answer(_ question: QuizQuestion, with index: Int, on client: String) throws(Miss) {
        let index = index % question.labels.count
        let text = self[QuizForm.self].turn.replacing("{answer}", with: question.labels[index])
            .replacing("{number}", with: "\(index + 1)")
        try say(text, on: client)
    }

    /// Waits for the points at the end: a number from 0 to `count`, and no further question.
    func hearReport(of count: Int, on client: String) throws(Miss) -> String {
        let wanted = "the number of points, from 0 to \(count)"
        var report = try hear(wanted, on: client) { text, _ in
            QuizQuestion(text) != nil || text.numbers.contains(where: (0...count).contains)
                ? (String(text), text.endIndex) : nil
        }
        report += try hearRest(on: client)
        if QuizQuestion(report[...]) != nil {
            throw Miss(wanted: wanted, got: "one more question: \(report.shownLine)")
        }
        return report
    }

    /// A whole game with these answers.
    ///
    /// - Returns: What the server said at its end.
    @discardableResult
    func playQuiz(
        _ client: String, as name: String, questions: Int
    ) throws(Miss) -> String {
        try enterQuiz(client, as: name, questions: questions)
        for index in 0..<questions {
            let question = try hearQuestion(on: client)
            try answer(question, with: index, on: client)
        }
        return try hearReport(of: questions, on: client)
    }
}

extension StringProtocol {
    /// All whole numbers that stand in it.
    var numbers: [Int] {
        String(self).matches(of: #/[0-9]+/#).compactMap { Int($0.output) }
    }
}

extension Play {
    /// Games of one question, until some answers have made a point and others none, or one question
    /// was answered with each of its labels.
    func tryAnswers(games: Int) throws(Miss) {
        var reports: [[Int]] = []
        var tried: [String: Set<Int>] = [:]
        for game in 0..<games {
            let client = "player \(game + 1)"
            // No digits, since the report may have the name.
            let letters = Array("abcdefghij")
            let name = "Alba" + String([letters[game / 10], letters[game % 10]])
            try enterQuiz(client, as: name, questions: 1)
            let question = try hearQuestion(on: client)
            let done = tried[question.text] ?? []
            let index = question.labels.indices.first { !done.contains($0) } ?? 0
            try answer(question, with: index, on: client)
            reports.append(try hearReport(of: 1, on: client).numbers)
            try Step.leaves(client).perform(self)
            if reports.tellPoints { return }
            tried[question.text] = done.union([index])
            guard done.count + 1 == question.labels.count else { continue }
            throw Miss(
                wanted: "one of the answers makes a point, and the others none",
                got: "the same points for all \(question.labels.count) answers to "
                    + question.text.shownLine)
        }
    }
}

extension [[Int]] {
    /// Whether a number of the reports, counted from their beginning or from their end, is 1 in some
    /// and 0 in others.
    fileprivate var tellPoints: Bool {
        [self, map { $0.reversed() }].contains { reports in
            (0..<(reports.map(\.count).max() ?? 0)).contains { place in
                Set(reports.filter { $0.count > place }.map { $0[place] }).isSuperset(of: [0, 1])
            }
        }
    }
}

extension String {
    /// The points that the server has told answer by answer; `nil` if it has not, or unclearly.
    func toldPoints(of count: Int) -> Int? {
        let text = lowercased()
        guard !text.contains("correct answer"), !text.contains("right answer") else { return nil }
        let wrong = text.matches(of: #/(?m)^\W*(wrong|incorrect|false)\b/#).count
        let right = text.matches(of: #/(?m)^\W*(correct|right|true)\b/#).count
        return wrong + right == count ? right : nil
    }

    /// Whether a report may tell these points: the number before the one of all questions, if they
    /// stand so, or any number.
    func reports(_ points: Int, of count: Int) -> Bool {
        let rank = #/\b(?:rank|rang|place|platz)\b[^0-9\n]*[0-9]+\s*(?:\/|of|von)\s*[0-9]+/#
        let pairs = lowercased().replacing(rank, with: "").matches(
            of: #/([0-9]+)\s*(?:\/|of|out of|von|de)\s*([0-9]+)/#)
        let told = pairs.filter { Int($0.2) == count }.compactMap { Int($0.1) }
        return told.isEmpty ? numbers.contains(points) : told.contains(points)
    }
}
