import Console
import Protocol

@testable import quiz_server

/// A quiz for tests: questions that tell their own answers, and a clock that stands still.
struct QuizTable {
    /// `Q1` to `Q6`; the right answers are b, c, d, a, b, c.
    static let questions = (1...6).map { number in
        Question(
            "Q\(number)", answers: ["A\(number)", "B\(number)", "C\(number)", "D\(number)"],
            right: number % 4)
    }

    var quiz: Quiz
    var now = ContinuousClock.now
    /// All that has been kept, as it stands in the journal.
    private(set) var journal: [String] = []

    init(_ questions: [Question] = Self.questions, seed: UInt64 = 1) {
        quiz = Quiz(questions, chance: Chance(seed: seed))
    }

    /// A server started on this one's journal.
    func restarted(
        with questions: [Question] = Self.questions, seed: UInt64 = 2
    ) throws -> QuizTable {
        var table = QuizTable(questions, seed: seed)
        table.journal = journal
        for record in journal { try table.quiz.restore(record) }
        return table
    }

    /// Sends a message, keeps the new records, and returns the reply's lines.
    mutating func say(_ text: String, from connection: Int = 1) -> [String] {
        let reply = quiz.reply(to: TextLine(text), from: connection, at: now)
        journal += quiz.newRecords.map(\.description)
        quiz.keepChanges()
        return reply
    }

    /// Sends messages while the disk is full. Returns the replies, which a server would not send.
    mutating func sayInVain(_ texts: String..., from connection: Int = 1) -> [String] {
        let replies = texts.flatMap { quiz.reply(to: TextLine($0), from: connection, at: now) }
        quiz.takeBackChanges()
        return replies
    }

    /// Sends an answer to the question in `reply`, rightly or wrongly.
    mutating func answer(
        _ reply: [String], rightly: Bool, from connection: Int = 1
    ) -> [String] {
        let letter = Self.rightLetter(in: reply) ?? "?"
        let other = letter == "a" ? "b" : "a"
        return say(rightly ? letter : other, from: connection)
    }

    /// Plays a whole game and returns the last reply.
    mutating func play(_ name: String, points: Int, of count: Int, from connection: Int)
        -> [String]
    {
        var reply = say("play \(name) \(count)", from: connection)
        for number in 0..<count {
            reply = answer(reply, rightly: number < points, from: connection)
        }
        return reply
    }

    /// The right answer to the question that stands in a reply.
    static func rightLetter(in reply: [String]) -> String? {
        guard let line = reply.first(where: { $0.hasPrefix("question ") }),
            let number = line.last?.wholeNumberValue
        else { return nil }
        return ["a", "b", "c", "d"][number % 4]
    }
}
