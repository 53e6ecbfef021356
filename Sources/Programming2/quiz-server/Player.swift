import Passwords

/// All names that the quiz knows, and what follows for them from the records.
///
/// No message takes longer because there are many names.
struct Players {
    private var ledger = Ledger<String, Player>()
    /// How many names have each best share: there are few shares, however many names.
    private var counts = Ledger<Share, Int>()

    subscript(name: String) -> Player? {
        get { ledger[name] }
        set {
            let (old, new) = (ledger[name]?.best, newValue?.best)
            if old != new {
                if let old { counts[old] = counts[old].flatMap { $0 > 1 ? $0 - 1 : nil } }
                if let new { counts[new] = (counts[new] ?? 0) + 1 }
            }
            ledger[name] = newValue
        }
    }

    /// Everybody.
    var all: [String: Player] { ledger.values }

    /// The games that have not been played to their end, in no order.
    var unfinishedGames: [Game] { all.values.compactMap(\.game).filter { !$0.isFinished } }

    /// Does what a record says.
    ///
    /// - Returns: Whether it could have been written after those before it.
    mutating func apply(_ record: QuizRecord) -> Bool {
        var player = self[record.name] ?? Player()
        switch record {
        case .registered(_, let text):
            guard let hash = PasswordHash(text), player.password == nil else { return false }
            player.password = hash
        case .game(_, let fingerprints):
            player.game = Game(fingerprints)
        case .answer(_, let number, let isRight):
            guard let game = player.game, !game.isFinished, number == game.answered + 1 else {
                return false
            }
            player.note(isRight: isRight)
        }
        self[record.name] = player
        return true
    }

    /// A name's place by its best game, and how many names have finished one.
    ///
    /// - Returns: nil for a name that has finished none.
    func rank(of name: String) -> (place: Int, count: Int)? {
        guard let own = ledger[name]?.best else { return nil }
        let better = counts.values.reduce(0) { $0 + (own < $1.key ? $1.value : 0) }
        return (1 + better, counts.values.values.reduce(0, +))
    }

    mutating func keepChanges() {
        ledger.keepChanges()
        counts.keepChanges()
    }

    mutating func takeBackChanges() {
        ledger.takeBackChanges()
        counts.takeBackChanges()
    }
}

/// What the quiz knows of one name, also while nobody plays it.
struct Player: Equatable {
    /// Set once the name is registered.
    var password: PasswordHash?
    /// The last game, finished or not.
    var game: Game?
    /// The best of the finished games.
    private(set) var best: Share?
    /// The connection that brought the name up; it alone may still register it.
    var founder: Int?
    /// The connection over which the name is played now.
    var connection: Int?

    /// Counts the answer to the question that stands in an unfinished game.
    mutating func note(isRight: Bool) {
        game?.note(isRight: isRight)
        guard let game, game.isFinished else { return }
        best = max(best ?? game.share, game.share)
    }
}

/// A game as far as it has been played.
struct Game: Equatable {
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
struct Share: Comparable, Hashable, CustomStringConvertible {
    let points: Int
    let of: Int

    /// In whole numbers: 1/3 and 10/30 are the same.
    static func < (one: Share, other: Share) -> Bool {
        one.points * other.of < other.points * one.of
    }

    static func == (one: Share, other: Share) -> Bool { !(one < other) && !(other < one) }

    /// Equal shares must have equal hashes: those of the fraction in its lowest terms.
    func hash(into hasher: inout Hasher) {
        var (divisor, rest) = (of, points)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        hasher.combine(points / divisor)
        hasher.combine(of / divisor)
    }

    var description: String { "\(points)/\(of)" }
}
