import Passwords

/// All names that the quiz knows, and what follows for them from the records.
struct Players {
    private var all: [String: Player] = [:]

    subscript(name: String) -> Player? {
        get { all[name] }
        _modify { yield &all[name] }
    }

    /// The games that have not been played to their end, in no order.
    var unfinishedGames: [Game] { all.values.compactMap(\.game).filter { !$0.isFinished } }

    /// Does what a record says.
    ///
    /// - Returns: Whether it could have been written after those before it.
    mutating func apply(_ record: QuizRecord) -> Bool {
        switch record {
        case .registered(let name, let text):
            guard let hash = PasswordHash(text), all[name]?.password == nil else { return false }
            all[name, default: Player()].password = hash
        case .game(let name, let fingerprints):
            all[name, default: Player()].game = Game(fingerprints)
        case .answer(let name, let number, let isRight):
            guard var player = all[name], let game = player.game, !game.isFinished,
                number == game.answered + 1
            else { return false }
            player.note(isRight: isRight)
            all[name] = player
        }
        return true
    }

    /// A name's place by its best game, and how many names have finished one.
    ///
    /// - Returns: nil for a name that has finished none.
    func rank(of name: String) -> (place: Int, count: Int)? {
        guard let own = all[name]?.best else { return nil }
        let shares = all.values.compactMap(\.best)
        return (1 + shares.count { own < $0 }, shares.count)
    }
}

/// What the quiz knows of one name, also while nobody plays it.
struct Player {
    /// Set once the name is registered.
    var password: PasswordHash?
    /// The last game, finished or not.
    var game: Game?
    /// The best of the finished games.
    private(set) var best: Share?
    /// Wrong passwords in a row, and their consequence.
    var attempts = Attempts()
    /// The connection that brought the name up; it alone may still register it.
    var founder: Int?

    /// Counts the answer to the question that stands in an unfinished game.
    mutating func note(isRight: Bool) {
        game?.note(isRight: isRight)
        guard let game, game.isFinished else { return }
        best = max(best ?? game.share, game.share)
    }
}

/// A game as far as it has been played.
struct Game {
    /// The questions, by their fingerprints, in the game's order.
    let questions: [String]
    private(set) var answered = 0
    private(set) var points = 0

    init(_ questions: [String]) { self.questions = questions }

    var isFinished: Bool { answered == questions.count }
    var share: Share { Share(points: points, of: questions.count) }

    mutating func note(isRight: Bool) {
        answered += 1
        if isRight { points += 1 }
    }
}

/// How many of a game's questions were answered rightly, to compare games of different lengths.
struct Share: Comparable, CustomStringConvertible {
    let points: Int
    let of: Int

    /// Exactly: 1/3 and 10/30 are the same, which floating point would leave to luck.
    static func < (one: Share, other: Share) -> Bool {
        one.points * other.of < other.points * one.of
    }

    static func == (one: Share, other: Share) -> Bool { !(one < other) && !(other < one) }

    var description: String { "\(points)/\(of)" }
}
