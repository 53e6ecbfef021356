import Protocol

/// One word to be guessed, a letter at a time.
struct HangmanGame {
    /// The word, in small letters.
    let word: String
    /// The number of wrong letters that are left; at 0 the game is lost.
    private(set) var missesLeft: Int
    private var tried: Set<Character> = []

    init(word: String, misses: Int) {
        self.word = word
        missesLeft = misses
    }

    /// Whether every letter has been found.
    var isWon: Bool { word.allSatisfy(tried.contains) }
    /// Whether the player has won or lost.
    var isOver: Bool { isWon || missesLeft == 0 }

    /// Answers a guess.
    ///
    /// - Parameter letter: a small letter from a to z.
    mutating func guess(_ letter: Character) -> [HangmanMessage] {
        guard tried.insert(letter).inserted else { return [.again("\(letter)")] }
        let places = zip(1..., word).filter { $1 == letter }.map(\.0)
        if places.isEmpty { missesLeft -= 1 }
        let answer = places.isEmpty ? HangmanMessage.missed(left: missesLeft) : .found(at: places)
        return isOver ? [answer, .end(won: isWon, word: word)] : [answer]
    }
}

/// The games of all players, one each at a time.
struct HangmanGames {
    let misses: Int
    private var games: [Int: HangmanGame] = [:]

    init(misses: Int) { self.misses = misses }

    /// Answers a player's message: `start`, or a letter.
    ///
    /// - Parameter chooseWord: Chooses the word of each new game.
    mutating func answer(
        _ text: String, from player: Int, chooseWord: () -> String
    ) -> [HangmanMessage] {
        if text == "start" {
            let given = games[player].map { [HangmanMessage.end(won: false, word: $0.word)] } ?? []
            let word = chooseWord()
            games[player] = HangmanGame(word: word, misses: misses)
            return given + [.length(word.count)]
        }
        guard var game = games[player] else { return [.error("no game has begun; send start")] }
        guard let letter = WordList.letters(of: text)?.first, text.count == 1 else {
            return [.error("send one letter from a to z, or start")]
        }
        let answer = game.guess(letter)
        games[player] = game.isOver ? nil : game
        return answer
    }

    /// Forgets a player that has left.
    mutating func leave(_ player: Int) { games[player] = nil }
}
