import Protocol

/// Searches for a number: each question halves the range that it must be in.
struct NumberSearch {
    private var range: ClosedRange<Int>

    /// Begins with all possible numbers.
    init(in range: ClosedRange<Int>) { self.range = range }

    /// The next question: which half it is in, or, if only one number is left, whether it is this
    /// number.
    var question: GuessQuestion {
        range.count == 1
            ? GuessQuestion(.equal, range.lowerBound) : GuessQuestion(.smaller, middle + 1)
    }

    /// Learns from the answer to `question`.
    ///
    /// - Throws: `ProtocolError` for an answer that contradicts the answers before.
    mutating func take(_ answer: GuessAnswer) throws(ProtocolError) {
        switch (question.comparison, answer) {
        case (.smaller, .yes): range = range.lowerBound...middle
        case (.smaller, .no): range = middle + 1...range.upperBound
        case (.equal, .won): break
        default:
            throw ProtocolError(
                "the server contradicts itself: '\(answer)' to '\(question)' "
                    + "does not fit its earlier answers")
        }
    }

    private var middle: Int { (range.lowerBound + range.upperBound) / 2 }
}

extension GuessAnswer {
    /// Whether the game is over for a player that gets this answer.
    var endsGame: Bool { self == .won || self == .out || self == .ended }
}
