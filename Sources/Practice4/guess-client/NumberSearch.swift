import Protocol

/// Looks for a number by halving the range that it must be in.
struct NumberSearch {
    private var range: ClosedRange<Int>

    /// Begins with all numbers that are possible.
    init(in range: ClosedRange<Int>) { self.range = range }

    /// What to ask next: which half, or, once a single number is left, whether it is that one.
    var question: GuessQuestion {
        range.count == 1
            ? GuessQuestion(.equal, range.lowerBound) : GuessQuestion(.smaller, middle + 1)
    }

    /// Learns from the answer to `question`.
    ///
    /// - Throws: `ProtocolError` for an answer that cannot be true after those before it.
    mutating func take(_ answer: GuessAnswer) throws(ProtocolError) {
        switch (question.comparison, answer) {
        case (.smaller, .yes): range = range.lowerBound...middle
        case (.smaller, .no): range = middle + 1...range.upperBound
        case (.equal, .won): break
        default:
            throw ProtocolError(
                "the server contradicts itself: '\(answer)' to '\(question)' cannot be, "
                    + "after what it said before")
        }
    }

    private var middle: Int { (range.lowerBound + range.upperBound) / 2 }
}

extension GuessAnswer {
    /// Whether the game is over for whoever gets this answer.
    var endsGame: Bool { self == .won || self == .out || self == .ended }
}
