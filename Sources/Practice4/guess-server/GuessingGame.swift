import Protocol

/// The rules of the guessing game, from the choice of a number until someone has won.
struct GuessingGame {
    /// The number to be guessed, 1 to 100.
    let number: Int
    /// Whether a player has named the number.
    private(set) var isWon = false
    /// The players that have named a wrong number.
    private var out: Set<Int> = []

    /// Begins a game.
    init(number: Int) { self.number = number }

    /// Answers a player's question.
    mutating func answer(_ question: GuessQuestion, from player: Int) -> GuessAnswer {
        if isWon || out.contains(player) { return .ended }
        switch question.comparison {
        case .smaller: return number < question.number ? .yes : .no
        case .greater: return number > question.number ? .yes : .no
        case .equal where number == question.number:
            isWon = true
            return .won
        case .equal:
            out.insert(player)
            return .out
        }
    }
}
