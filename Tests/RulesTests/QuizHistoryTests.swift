import Console
import Protocol
import Testing

@testable import quiz_server

/// Random histories: changes that are kept or taken back, and the ranks.
struct QuizHistoryTests {
    private static let names = ["anna", "ben", "carl", "dora", "emil", "fritz", "gerda"]

    /// A random next message of a player.
    private func message(_ chance: Chance) -> String {
        switch chance.number(in: 0...9) {
        case 0...5: chance.pick(from: QuizRequest.letters)
        case 6...7: "play \(chance.pick(from: Self.names)) \(chance.number(in: 1...3))"
        case 8: "play \(chance.number(in: 1...6))"
        default: "hello"
        }
    }

    @Test(arguments: 1...20)
    func theRankIsThatOfCountingEverybody(seed: UInt64) throws {
        let chance = Chance(seed: seed)
        var table = QuizTable()
        for _ in 0..<500 {
            let connection = chance.number(in: 1...3)
            if chance.number(in: 0...9) == 0 { table.quiz.leave(connection) }
            let text = message(chance)
            if chance.number(in: 0...2) == 0 {
                _ = table.sayInVain(text, message(chance), from: connection)
            } else {
                _ = table.say(text, from: connection)
            }
            try expectRanks(of: table)
        }
        #expect(table.journal.count > 40)
    }

    /// Checks every name's rank against the journal.
    private func expectRanks(of table: QuizTable) throws {
        let best = bestShares(in: table.journal)
        for name in Self.names {
            let rank = table.quiz.players.rank(of: name)
            guard let own = best[name] else {
                try #require(rank == nil)
                continue
            }
            let better = best.values.count { $0.points * own.of > own.points * $0.of }
            // The first difference is enough to read.
            try #require(rank?.place == 1 + better && rank?.count == best.count)
        }
    }

    /// The best of each name's finished games, by going through the records one after another.
    private func bestShares(in journal: [String]) -> [String: (points: Int, of: Int)] {
        var best: [String: (points: Int, of: Int)] = [:]
        var games: [String: (left: Int, points: Int, of: Int)] = [:]
        for record in journal {
            let words = record.split(separator: " ").map(String.init)
            let name = words[1]
            if words[0] == "game" { games[name] = (words.count - 2, 0, words.count - 2) }
            guard words[0] == "answer", var game = games[name] else { continue }
            game.left -= 1
            if words[3] == "right" { game.points += 1 }
            games[name] = game
            guard game.left == 0 else { continue }
            let old = best[name] ?? (points: -1, of: 1)
            if game.points * old.of > old.points * game.of { best[name] = (game.points, game.of) }
        }
        return best
    }

    @Test(arguments: 1...20)
    func whatIsTakenBackHasNotHappened(seed: UInt64) throws {
        let chance = Chance(seed: seed)
        var table = QuizTable()
        for _ in 0..<300 {
            let connection = chance.number(in: 1...3)
            let before = table.quiz
            _ = table.sayInVain(
                message(chance), message(chance), message(chance), from: connection)
            try #require(table.quiz.players.all == before.players.all)
            try #require(table.quiz.seats.values == before.seats.values)
            try #require(table.quiz.newRecords.isEmpty)
            _ = table.say(message(chance), from: connection)
        }
        // A server started on the same journal knows the same.
        let later = try table.restarted()
        for name in Self.names {
            #expect(later.quiz.players[name]?.game == table.quiz.players[name]?.game)
            #expect(later.quiz.players[name]?.best == table.quiz.players[name]?.best)
        }
    }

    @Test func aLedgerKeepsItsChangesOrTakesThemBack() {
        var ledger = Ledger<String, Int>()
        ledger["a"] = 1
        ledger["b"] = 2
        ledger.keepChanges()
        ledger["a"] = 3
        ledger["a"] = nil
        ledger["b"] = nil
        ledger["b"] = 4
        ledger["c"] = 5
        #expect(ledger.values == ["b": 4, "c": 5])
        #expect(ledger["b"] == 4 && ledger["a"] == nil)
        ledger.takeBackChanges()
        #expect(ledger.values == ["a": 1, "b": 2])
        ledger["a"] = 6
        ledger.keepChanges()
        ledger.takeBackChanges()
        #expect(ledger.values == ["a": 6, "b": 2])
    }

    @Test func equalSharesCountAsOne() {
        #expect(Set([Share(points: 1, of: 3), Share(points: 10, of: 30)]).count == 1)
        #expect(Set([Share(points: 0, of: 3), Share(points: 0, of: 7)]).count == 1)
        // However many names there are: 30 questions give the 278 fractions from 1/30 to 1/1, and
        // 0.
        let shares = (1...30).flatMap { of in (0...of).map { Share(points: $0, of: of) } }
        #expect(Set(shares).count == 279)
    }
}
