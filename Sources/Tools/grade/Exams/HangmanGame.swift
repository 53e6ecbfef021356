import Conversations
import Sockets

/// How a hangman server is spoken to.
struct HangmanForm: Finding {
    /// How a game is asked for; `nil` if the server begins by itself.
    var request: String? = "start"
    /// How a letter is sent: `{letter}`.
    var turn = "{letter}"

    static let requests = [nil, "start", "GAME", "play", "new", "START", "game", "hello", "Alba"]
    static let turns = ["{letter}", "GUESS {letter}", "guess {letter}"]

    /// For the report.
    var words: String {
        (request.map { "a game is asked for by \($0)" } ?? "a game begins by itself")
            + (turn == "{letter}" ? "" : "; a letter by \(turn)")
    }
}

/// One game of hangman: what was said so far.
struct HangmanGame: Memory {
    var length = 0
    /// The text that told the length, without its digits.
    var opening = ""
    var answers: [(letter: Character, text: String)] = []
    /// What the server said when the game was over.
    var end: String?

    /// The letters from the most seldom one on, which lose a game; from behind they are useful.
    static let seldom = Array("jqxzvkwybfgpmhdculsrniotae")

    /// The word, if the server has told it at the end: the only word there that is none of the
    /// usual ones, and as long as was said.
    var word: String? {
        let usual: Set = [
            "end", "ended", "won", "win", "wins", "winner", "lost", "lose", "loses", "loser",
            "game",
            "over", "you", "your", "have", "has", "the", "word", "was", "is", "it", "a", "of", "at",
            "none", "no", "not", "hit", "miss", "in", "and", "but", "sorry", "congratulations",
            "well", "done", "correct", "wrong", "tries", "left", "lives", "life", "letter", "yes",
            "finished", "dead", "hanged", "complete", "solved", "true", "false", "found",
            "position",
            "positions", "remaining", "guess", "guesses", "man", "player", "secret", "answer",
        ]
        let words = (end ?? "").lowercased().split { !$0.isLetter }.map(String.init)
        let left = Set(words.filter { !usual.contains($0) && $0.count > 1 })
        return left.count == 1 && left.first?.count == length ? left.first : nil
    }

    /// Whether the answers have told all letters of a word, each with all its places. A number of
    /// misses left may look like a place.
    func isWhole(_ word: String) -> Bool {
        let letters = Array(word)
        return [1, 0].contains { base in
            answers.allSatisfy { letter, text in
                let places = letters.indices.filter { letters[$0] == letter }
                guard !text.mentions(["no", "miss", "wrong", "sorry"]) else { return false }
                return text.numbers.isEmpty
                    ? text.shows(letter, at: places, of: length, countingFrom: base)
                    : places.allSatisfy { text.numbers.contains($0 + base) }
            }
        }
    }

    static func isEnd(_ text: String) -> Bool {
        let pattern =
            #/\b(end|ended|ende|won|win|wins|winner|lost|lose|loses|loser|over|finished|dead|hanged|solved|complete|congratulations|gewonnen|verloren)\b/#
        return text.lowercased().contains(pattern)
    }

    /// The length of the word in a server's first text: a number, or so many marks.
    static func length(in text: Substring) -> Int? {
        let marks = text.split(separator: "\n").map { line in line.count { "_*".contains($0) } }
        if let most = marks.max(), most > 1 { return most }
        return text.numbers.first { (1...30).contains($0) }
    }
}

extension Play {
    /// A client connects, asks for a game and is told the length.
    func beginHangman(_ client: String) throws(Miss) {
        try connect(client)
        if let request = self[HangmanForm.self].request { try say(request, on: client) }
        let (length, text) = try hear("the length of the word", on: client) { text, _ in
            HangmanGame.length(in: text).map { (($0, String(text)), text.endIndex) }
        }
        self[HangmanGame.self] = HangmanGame()
        self[HangmanGame.self].length = length
        self[HangmanGame.self].opening = text.filter(\.isLetter)
    }

    /// A client guesses a letter and gets an answer; the end of the game is noticed.
    func guess(_ letter: Character, on client: String) throws(Miss) {
        let text = self[HangmanForm.self].turn.replacing("{letter}", with: "\(letter)")
        try say(text, on: client)
        var answer = try hear("an answer to \(letter)", on: client) { text, hasEnded in
            text.hasWords || hasEnded ? (String(text), text.endIndex) : nil
        }
        // The end of the game may come in a text of its own.
        answer += try hearRest(on: client)
        self[HangmanGame.self].answers.append((letter, answer))
        let hasEnded = try peer(client).ending != nil
        if hasEnded || HangmanGame.isEnd(answer) { self[HangmanGame.self].end = answer }
    }

    /// Guesses these letters until the game is over.
    func guess(_ letters: [Character], on client: String) throws(Miss) {
        for letter in letters where self[HangmanGame.self].end == nil {
            try guess(letter, on: client)
        }
    }

    /// Whatever was said about the letters of a word that was told must be true of it.
    func checkPlaces() throws(Miss) {
        let game = self[HangmanGame.self]
        let told = game.answers.filter { !HangmanGame.isEnd($0.text) }
        for (letter, text) in told where game.word == nil {
            guard let far = text.numbers.first(where: { $0 > max(game.length, 30) }) else {
                continue
            }
            throw Miss(
                wanted: "places of \(letter) in a word of \(game.length) letters", got: "\(far)")
        }
        guard let word = game.word else { return }
        let letters = Array(word)
        var first: Miss?
        for base in [1, 0] {
            var isTrue = true
            for (letter, text) in told where letters.contains(letter) {
                let places = letters.indices.filter { letters[$0] == letter }
                if text.shows(letter, at: places, of: letters.count, countingFrom: base) {
                    continue
                }
                isTrue = false
                first =
                    first
                    ?? Miss(
                        wanted: "\(letter) stands at "
                            + places.map { "\($0 + base)" }.joined(separator: " and ")
                            + " of the word that was told at the end, \(word)",
                        got: text.shownLine)
            }
            if isTrue { return }
        }
        if let first { throw first }
    }
}

extension String {
    /// Whether an answer tells places of a letter, or shows the word with it.
    func shows(
        _ letter: Character, at places: [Int], of length: Int, countingFrom base: Int
    ) -> Bool {
        for line in lowercased().split(separator: "\n") {
            let slots = line.filter { !$0.isWhitespace && !"\"'[](),".contains($0) }
            for start in slots.indices {
                let run = Array(slots[start...].prefix(length))
                if run.count == length,
                    run.contains(where: { "_*.-?#".contains($0) || $0 == letter }),
                    places.contains(where: { run[$0] == letter }),
                    run.indices.allSatisfy({ run[$0] != letter || places.contains($0) }),
                    run.allSatisfy({ $0.isLetter || "_*.-?#".contains($0) })
                {
                    return true
                }
            }
        }
        return places.contains { numbers.contains($0 + base) }
    }
}
