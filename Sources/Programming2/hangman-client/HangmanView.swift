import Protocol

/// The part of the word that a player knows, and the parts of the hanged man.
struct HangmanView {
    /// The letters found, and `_` for the others.
    private var letters: [String]
    private var missed = 0
    private var missesLeft = 1

    /// Begins with a word of `length` unknown letters.
    init(length: Int) { letters = [String](repeating: "_", count: length) }

    /// The word with its gaps.
    var word: String { letters.joined(separator: " ") }

    /// Whether nothing is left to guess: then the server owes the end of the game.
    var isComplete: Bool { !letters.contains("_") || missesLeft == 0 }

    /// Takes the answer to a guess.
    ///
    /// - Returns: The answer in words.
    /// - Throws: `ProtocolError` for an answer that does not fit this word.
    mutating func take(_ answer: HangmanMessage, to guess: String) throws(ProtocolError) -> String {
        switch answer {
        case .found(let places):
            for place in places {
                guard place <= letters.count else {
                    throw ProtocolError(
                        "the server says place \(place) of \(letters.count) letters")
                }
                letters[place - 1] = guess.lowercased().escaped
            }
            return word
        case .missed(let left):
            missed += 1
            missesLeft = left
            return "no \(guess.lowercased().escaped), \(left) \(left == 1 ? "miss" : "misses") left"
        case .again(let letter): return "\(letter.escaped) was tried before"
        case .error: return answer.description.escaped
        case .end(let won, let word): return "You \(won ? "won" : "lost"): \(word.escaped)"
        case .length: throw ProtocolError("the server began a game in the middle of another")
        }
    }

    /// The gallows beside the word. It shows more of the six parts when fewer misses are left.
    var gallows: String {
        let count = (missed * 6 + missed + missesLeft - 1) / (missed + missesLeft)
        let parts = zip(1..., ["O", "|", "/", "\\", "/", "\\"]).map { $0 <= count ? $1 : " " }
        return """
              +----+
              |    \(parts[0])
              |   \(parts[2])\(parts[1])\(parts[3])
              |   \(parts[4]) \(parts[5])
             _|_   \(word)
            """
    }
}
