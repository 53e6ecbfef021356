import Protocol

extension NameRule {
    /// Names stand between blanks and after `@`, and in the place of the two words at the end.
    static let tictactoe = NameRule(
        without: " @", called: "blanks and no @", reserved: ["draw", "abandoned"])
}

/// Who waits for an opponent, and who plays whom.
struct Lobby {
    /// Those without an opponent, in order of arrival: one at most, once all are paired.
    private var waiting: [Player] = []
    private var matches: [Int: Match] = [:]
    /// The game of everyone who has one.
    private var games: [Int: Int] = [:]
    private var gameCount = 0

    /// Welcomes a player, and pairs them with whoever waits.
    ///
    /// - Parameter isHere: Tells whether a player is still there. Who has left is never paired.
    mutating func enter(_ player: Player, isHere: (Player) -> Bool) -> [Notice] {
        var notices = [Notice(player, .welcome(name: player.name))]
        waiting = (waiting + [player]).filter(isHere)
        while waiting.count >= 2 {
            gameCount += 1
            let match = Match(x: waiting.removeFirst(), o: waiting.removeFirst())
            matches[gameCount] = match
            for player in match.players { games[player.id] = gameCount }
            notices += match.begin(as: gameCount)
        }
        return notices
    }

    /// Hands what a player has sent to their game.
    mutating func take(_ text: String, from player: Player) -> [Notice] {
        guard let game = games[player.id], let notices = matches[game]?.take(text, from: player.id)
        else { return [Notice(player, .notYourTurn)] }
        if matches[game]?.isOver == true { forget(game) }
        return notices
    }

    /// Lets a player go; without them their game is over.
    mutating func leave(_ player: Player) -> [Notice] {
        waiting.removeAll { $0 == player }
        guard let game = games[player.id], let match = matches[game] else { return [] }
        forget(game)
        return match.abandon()
    }

    private mutating func forget(_ game: Int) {
        for player in matches.removeValue(forKey: game)?.players ?? [] { games[player.id] = nil }
    }
}
