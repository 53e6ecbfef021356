import Passwords

/// All names that the quiz knows, with their state after all records.
///
/// A message takes the same time with many names as with few.
struct Players {
    private var ledger = Ledger<String, Player>()
    /// How many names have each best share. There are only few different shares.
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

    /// All players.
    var all: [String: Player] { ledger.values }

    /// The unfinished games, in no order.
    var unfinishedGames: [Game] { all.values.compactMap(\.game).filter { !$0.isFinished } }

    /// Makes the change that a record describes.
    ///
    /// - Returns: Whether the record fits the records before it.
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

    /// The rank of a name by its best game, and the number of names that have finished a game.
    ///
    /// - Returns: nil if the name has finished no game.
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

/// The state of one name; it stays while nobody plays under the name.
struct Player: Equatable {
    /// Set once the name is registered.
    var password: PasswordHash?
    /// The last game, finished or not.
    var game: Game?
    /// The best of the finished games.
    private(set) var best: Share?
    /// The connection that first used the name; only this connection may still register it.
    var founder: Int?
    /// The connection over which the name is played now.
    var connection: Int?

    /// Counts the answer to the open question of the game.
    mutating func note(isRight: Bool) {
        game?.note(isRight: isRight)
        guard let game, game.isFinished else { return }
        best = max(best ?? game.share, game.share)
    }
}

/// A game, finished or not.
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

/// The share of right answers in a game, to compare games of different lengths.
struct Share: Comparable, Hashable, CustomStringConvertible {
    let points: Int
    let of: Int

    /// Compares in whole numbers, so 1/3 and 10/30 are equal.
    static func < (one: Share, other: Share) -> Bool {
        one.points * other.of < other.points * one.of
    }

    static func == (one: Share, other: Share) -> Bool { !(one < other) && !(other < one) }

    /// Equal shares must have equal hashes, so hash the fraction in its lowest terms.
    func hash(into hasher: inout Hasher) {
        var (divisor, rest) = (of, points)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        hasher.combine(points / divisor)
        hasher.combine(of / divisor)
    }

    var description: String { "\(points)/\(of)" }
}
