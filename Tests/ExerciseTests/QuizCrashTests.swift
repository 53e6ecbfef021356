import Foundation
import Testing

/// The quiz's server, killed at random moments of games of 30 questions, again and again.
struct QuizCrashTests {
    /// Two hundred kills in all, in four games that are played at the same time.
    @Test(arguments: 1...4)
    func nothingToldIsLostAndNothingCountsTwice(seed: UInt64) throws {
        let folder = try makeQuizFolder(count: 30)
        try withQuizServer(in: folder) { _, port in
            let ben = try RawClient(port: port)
            #expect(try ben.ask("register ben geheim") == ["registered ben"])
        }
        var game = CrashingGame(seed: seed)
        for _ in 0..<50 {
            try withQuizServer(in: folder) { server, port in
                let anna = try RawClient(port: port)
                try game.goOn(anna)
                try game.play(anna)
                try game.kill(server, in: anna)
            }
        }
        try withQuizServer(in: folder) { _, port in
            let anna = try RawClient(port: port)
            try game.goOn(anna)
            try game.finish(anna)
            let ben = try RawClient(port: port)
            #expect(try ben.ask("login ben geheim") == ["welcome ben"])
        }
    }
}

/// A player's view of a game while its server is killed.
private struct CrashingGame {
    private var random: [UInt8]
    private var question: QuizQuestion?
    private var points = 0
    /// Answers that have been sent and not been acknowledged: whether they are right.
    private var pending: [Bool] = []

    init(seed: UInt64) { random = seededBytes(count: 8_192, seed: seed) }

    private mutating func number(below bound: Int) -> Int { Int(random.removeLast()) % bound }

    /// Goes on with the game after a kill, and checks that all told results still hold.
    mutating func goOn(_ peer: RawClient) throws {
        let standing = try peer.play("anna 30")
        let known = question?.number ?? 1
        // Some answers were on their way. The first of them may have counted, each of them once.
        var counted = standing.number - known
        if counted < 0 {
            // A new game: then the last answer of the old one was on its way.
            #expect(standing.number == 1 && known + pending.count > 30)
            points = 0
            counted = 0
        } else {
            #expect(counted <= pending.count, "\(standing) after \(known)")
            if counted == 0, let text = question?.text, !text.isEmpty {
                #expect(standing.text == text)
            }
        }
        points += pending.prefix(counted).count { $0 }
        pending = []
        question = standing
    }

    /// Answers up to five questions and reads the results.
    mutating func play(_ peer: RawClient) throws {
        for _ in 0..<number(below: 6) { try answer(peer) }
    }

    private mutating func answer(_ peer: RawClient) throws {
        guard let question else { return }
        let rightly = number(below: 2) == 0
        let reply = try peer.answer(question, rightly: rightly)
        if rightly { points += 1 }
        if let next = peer.question(in: reply) {
            #expect(next.number == question.number + 1)
            self.question = next
        } else {
            #expect(question.number == 30)
            #expect(reply.suffix(2) == ["score \(points)/30", "rank 1 of 1"])
            points = 0
            self.question = try peer.play("30")
        }
    }

    /// Kills the server: between two messages, with answers on their way, in the middle of one,
    /// or as soon as the first byte of a reply is there.
    mutating func kill(_ server: Running, in peer: RawClient) throws {
        guard let question else { return }
        switch number(below: 8) {
        case 0: break
        case 1: try peer.send("pla")
        case 2...5:
            // Only the first question is known; d is wrong for all the others.
            let rightly = number(below: 2) == 0
            pending = [rightly] + Array(repeating: false, count: number(below: 4))
            try peer.send((rightly ? question.right : "d") + "\n")
            for _ in pending.dropFirst() {
                spin()
                try peer.send("d\n")
            }
            spin()
        default:
            try peer.send("d\n")
            #expect(try peer.receive(exactly: 1) == [UInt8(ascii: "w")])
            // The next question is not known yet, so ask for it again.
            let isLast = question.number == 30
            if isLast { points = 0 }
            self.question =
                isLast
                ? nil
                : QuizQuestion(number: question.number + 1, count: 30, text: "")
        }
        server.signal(SIGKILL)
        try server.waitForExit()
    }

    /// Lets the server do some work, a random amount, often none at all.
    private mutating func spin() {
        for _ in 0..<number(below: 16) * number(below: 16) { sched_yield() }
    }

    /// Plays the game to its end.
    mutating func finish(_ peer: RawClient) throws {
        while let number = question?.number, number < 30 { try answer(peer) }
        try answer(peer)
    }
}
