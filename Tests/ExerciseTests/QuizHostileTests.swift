import Foundation
import Testing

/// The quiz with hostile, many, and naive players.
struct QuizHostileTests {
    @Test func aGoodPlayerNoticesNothingOfTheOthers() throws {
        try withQuizServer { server, port in
            let good = try RawClient(port: port)
            let question = try good.play("good 6")
            let cases = try HostileCases(against: server, exchange: Self.game())
            let half = Array("play an".utf8)
            try cases.halfAMessage(half)
            let conversation = Array("play\nx y\na\n".utf8)
            let replies = Array(
                """
                error: send play <name> <n>, or login <name> <password> first
                error: send play <name> <n>, register or login <name> <password>
                error: there is no question yet; send play <name> <n>

                """.utf8)
            try cases.byteAtATime(conversation, replies: replies)
            try cases.manyInOneSegment(conversation, replies: replies)
            try cases.resetInMidMessage(half)
            try cases.probes()
            try cases.silentPeers()
            try cases.stalledPeers(half)
            try cases.dribblingPeers(half, count: 100)
            try cases.randomBytes()
            try cases.crowd()
            // Its question has waited all the time.
            #expect(try good.play("6") == question)
            #expect(try good.finish(question, points: 6)[0] == "score 6/6")
        }
    }

    @Test func playersThatNeverReadHoldUpNobody() throws {
        try withQuizServer { server, _ in
            let cases = try HostileCases(against: server, exchange: Self.game())
            try cases.neverReading(count: 20, flood: Array("x\n".utf8))
        }
    }

    @Test func manyGamesInOneSegmentAreOneWaitForTheDisk() throws {
        try withQuizServer { server, port in
            let hasty = try RawClient(port: port)
            let good = try RawClient(port: port)
            // 500 games of one question: a record for each game and each answer.
            try hasty.send(String(repeating: "play hasty 1\nd\n", count: 500))
            _ = try good.play("good 1")
            for _ in 0..<500 {
                #expect(try hasty.quizReply().count == 5)
                #expect(try hasty.quizReply().suffix(2) == ["score 0/1", "rank 1 of 1"])
            }
        }
    }

    @Test func playersThatResetInMidGameLeaveTheirNames() throws {
        try withQuizServer { server, port in
            for number in 0..<50 {
                let player = try RawClient(port: port)
                _ = try player.play("p\(number) 2")
                try player.send("d\nd")
                player.reset()
                try server.waitForLine(containing: "p\(number) left")
            }
            let last = try RawClient(port: port)
            #expect(try last.play("p0 1").count == 2)
        }
    }

    @Test func itRestsWhenDescriptorsRunOut() throws {
        try withQuizServer(descriptorLimit: 64) { server, _ in
            let cases = try HostileCases(against: server, exchange: Self.game())
            try cases.outOfDescriptors(limit: 64)
        }
    }

    @Test(.requiresPython) func naiveClientsMeetOurServer() throws {
        try withQuizServer(["--pause", "0.25"]) { server, port in
            for name in ["anna", "ben"] {
                let result = try PythonPeer.run(
                    "quiz_client", ["127.0.0.1", "\(port)", name, "2"], input: "d\nd\n")
                #expect(result.exit == 0, "\(result)")
                #expect(result.stdout.contains("question 2/2 "))
                #expect(
                    result.stdout.hasSuffix("score 0/2\nrank 1 of \(name == "anna" ? 1 : 2)\n\n"))
            }
            try server.waitForLine(containing: "ben left")
        }
    }

    /// One exchange: a newcomer under a name of its own plays a game of one question.
    private static func game() -> (RawClient) throws -> Void {
        let counter = Counter()
        return { peer in
            let question = try peer.play("peer-\(counter.next()) 1")
            let end = try peer.answer(question, rightly: true).suffix(2)
            guard end.first == "score 1/1" else {
                throw RawSocketError("a game", because: "\(end)")
            }
        }
    }
}

/// Counts the newcomers, so that each has a free name.
private final class Counter {
    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }
}
