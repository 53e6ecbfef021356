import Protocol

extension NameRule {
    /// In messages, names stand between blanks, after `@`, and in the place of the two reserved
    /// words.
    static let tictactoe = NameRule(
        without: " @", called: "blanks and no @", reserved: ["draw", "abandoned"])
}

/// The players that wait for an opponent, and the games.
struct Lobby {
    /// The players without an opponent, in order of arrival. After pairing there is one at most.
    private var waiting: [Player] = []
    private var matches: [Int: Match] = [:]
    /// The game of each paired player.
    private var games: [Int: Int] = [:]
    private var gameCount = 0

    /// Welcomes a player, and pairs them with the player that waits, if there is one.
    ///
    /// - Parameter isHere: Tells whether a player is still there. A player that has left is never
    ///   paired.
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

    /// Hands a player's message to their game.
    mutating func take(_ text: String, from player: Player) -> [Notice] {
        guard let game = games[player.id], let notices = matches[game]?.take(text, from: player.id)
        else { return [Notice(player, .notYourTurn)] }
        if matches[game]?.isOver == true { forget(game) }
        return notices
    }

    /// Removes a player and ends their game.
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
