import Protocol
import Testing

@testable import quiz_server

/// Programming 2, Task 5.1, and the ranks and the memory of its first two bonus tasks.
struct QuizTests {
    @Test func aGameAsksCountsAndEnds() throws {
        var table = QuizTable()
        var reply = table.say("play anna 3")
        var seen: [String] = []
        for number in 1...3 {
            let question = Array(reply.suffix(5))
            let digit = try #require(question[0].last)
            #expect(
                question == [
                    "question \(number)/3 Q\(digit)", "a) A\(digit)", "b) B\(digit)",
                    "c) C\(digit)", "d) D\(digit)",
                ])
            seen.append(question[0])
            let right = try #require(QuizTable.rightLetter(in: reply))
            reply = table.answer(reply, rightly: number != 2)
            #expect(reply.first == (number != 2 ? "correct" : "wrong: \(right)"))
        }
        #expect(reply == ["correct", "score 2/3", "rank 1 of 1"])
        #expect(Set(seen).count == 3)
        #expect(
            table.say("a") == ["error: there is no question yet; send play <name> <n>"])
        // And again, now without the name.
        #expect(table.say("play 1").first?.hasPrefix("question 1/1 Q") == true)
        #expect(table.quiz.name(of: 1) == "anna")
    }

    @Test func aLetterInEitherCaseIsAnAnswerAndNothingElse() throws {
        var table = QuizTable()
        let question = table.say("play anna 6")
        for text in [
            "", "e", "ab", "a b", "1", "a)", "ä", "?", "register anna x", "login anna x", "quit",
            "play a b c", "Play",
        ] {
            #expect(table.say(text) == ["error: answer with a, b, c or d"])
        }
        // The question still stands.
        #expect(table.say("play anna 6") == question)
        #expect(table.say("play") == question)
        let right = try #require(QuizTable.rightLetter(in: question))
        let reply = table.say(right.uppercased())
        #expect(reply[0] == "correct" && reply[1].hasPrefix("question 2/6 "))
        #expect(table.answer(reply, rightly: true)[0] == "correct")
    }

    @Test func theNumberOfQuestionsHasItsRange() {
        var table = QuizTable()
        for count in ["0", "7", "-1", "x", "1.5", "99999999999999999999"] {
            #expect(
                table.say("play anna \(count)") == ["error: the number of questions is 1 to 6"])
        }
        #expect(table.quiz.name(of: 1) == nil && table.journal.isEmpty)
        _ = table.play("anna", points: 0, of: 1, from: 1)
        #expect(table.say("play") == ["error: the number of questions is 1 to 6"])
        #expect(table.say("play anna 6")[0].hasPrefix("question 1/6 "))
    }

    @Test func whatMakesNoSenseIsAnErrorAndTheConnectionStays() {
        var table = QuizTable()
        #expect(
            table.say("hello")
                == ["error: send play <name> <n>, register or login <name> <password>"])
        #expect(table.say("a") == ["error: there is no question yet; send play <name> <n>"])
        for text in ["play 5", "play", "play anna"] {
            #expect(
                table.say(text)
                    == ["error: send play <name> <n>, or login <name> <password> first"])
        }
        #expect(table.say("play a.b 5") == ["error: a name is 1 to 32 letters, digits, - or _"])
        let broken = TextLine("play anna 5", isValidUTF8: false)
        #expect(
            table.quiz.reply(to: broken, from: 1, at: table.now)
                == ["error: the message is not UTF-8"])
        #expect(table.say("play anna 5")[0].hasPrefix("question 1/5 "))
    }

    @Test func theOrderComesFromTheSeed() {
        func order(_ seed: UInt64) -> [String] {
            var table = QuizTable(seed: seed)
            var reply = table.say("play anna 6")
            var order = [reply[0]]
            for _ in 1..<6 {
                reply = table.answer(reply, rightly: true)
                order.append(reply[1])
            }
            return order
        }
        let orders = (1...8).map { order(UInt64($0)) }
        #expect(orders[0] == order(1))
        #expect(Set(orders).count > 1)
        for order in orders { #expect(Set(order.map(\.last)).count == 6) }
    }

    @Test func oneNamePlaysOverOneConnectionAtATime() {
        var table = QuizTable()
        let question = table.say("play anna 3", from: 1)
        let refusal = ["error: anna is playing on another connection"]
        #expect(table.say("play anna 3", from: 2) == refusal)
        #expect(table.say("play ben 3", from: 2)[0].hasPrefix("question 1/3 "))
        // A connection has one name, in the middle of a game and after it.
        #expect(
            table.say("play ben 3", from: 1)
                == ["error: this connection plays as anna; open another one for another name"])
        #expect(table.say("play anna 3", from: 1) == question)
        table.quiz.leave(1)
        // Another connection goes on with the game, with any number.
        #expect(table.say("play anna 99", from: 3) == question)
        #expect(
            table.say("a", from: 1) == ["error: there is no question yet; send play <name> <n>"])
    }

    @Test(arguments: ["5", "1", "0", "99", "x", "-1"])
    func anUnfinishedGameGoesOnWhateverTheNumber(count: String) {
        var table = QuizTable()
        let second = table.answer(table.say("play anna 3"), rightly: true).dropFirst()
        #expect(table.say("play anna \(count)") == Array(second))
        #expect(table.say("play \(count)") == Array(second))
    }

    @Test func ranksAreByTheBestShareAndTiesShareAPlace() {
        var table = QuizTable()
        #expect(
            table.play("anna", points: 1, of: 3, from: 1).suffix(2) == ["score 1/3", "rank 1 of 1"])
        #expect(
            table.play("ben", points: 2, of: 6, from: 2).suffix(2) == ["score 2/6", "rank 1 of 2"])
        #expect(
            table.play("carl", points: 3, of: 6, from: 3).suffix(2) == ["score 3/6", "rank 1 of 3"])
        #expect(
            table.play("dora", points: 0, of: 1, from: 4).suffix(2) == ["score 0/1", "rank 4 of 4"])
        // 1/2 is 3/6; anna and ben, tied, are third.
        #expect(
            table.play("emil", points: 1, of: 2, from: 5).suffix(2) == ["score 1/2", "rank 1 of 5"])
        #expect(
            table.play("anna", points: 0, of: 2, from: 1).suffix(2) == ["score 0/2", "rank 3 of 5"])
        #expect(
            table.play("anna", points: 5, of: 6, from: 1).suffix(2) == ["score 5/6", "rank 1 of 5"])
        // A worse game does not change that. A name without a finished game is not counted.
        _ = table.say("play fritz 6", from: 6)
        #expect(
            table.play("anna", points: 1, of: 6, from: 1).suffix(2) == ["score 1/6", "rank 1 of 5"])
        #expect(
            table.play("ben", points: 0, of: 1, from: 2).suffix(2) == ["score 0/1", "rank 4 of 5"])
    }

    @Test func sharesAreComparedExactly() {
        #expect(Share(points: 1, of: 3) == Share(points: 10, of: 30))
        #expect(Share(points: 7, of: 25) == Share(points: 14, of: 50))
        #expect(Share(points: 1, of: 3) < Share(points: 334, of: 1_000))
        #expect(Share(points: 333, of: 1_000) < Share(points: 1, of: 3))
        #expect(!(Share(points: 0, of: 5) < Share(points: 0, of: 7)))
    }

    @Test func whatIsToldIsKept() throws {
        var table = QuizTable([QuizTable.questions[0]])
        _ = table.say("play anna 1")
        _ = table.say("play anna 1")
        _ = table.say("x")
        // The question's fingerprint by a few lines of Python.
        #expect(table.journal == ["game anna 1aaf95899380f917"])
        _ = table.say("b")
        #expect(table.journal == ["game anna 1aaf95899380f917", "answer anna 1 right"])
        _ = table.say("play 1")
        _ = table.say("a")
        #expect(
            table.journal.dropFirst(2) == ["game anna 1aaf95899380f917", "answer anna 1 wrong"])
    }

    @Test func aGameGoesOnAfterARestart() throws {
        var table = QuizTable()
        var reply = table.say("play anna 6")
        for rightly in [true, false, true] { reply = table.answer(reply, rightly: rightly) }
        var later = try table.restarted(seed: 77)
        #expect(later.say("play anna 2", from: 9) == Array(reply.dropFirst()))
        for rightly in [true, true, false] {
            reply = later.answer(reply, rightly: rightly, from: 9)
        }
        #expect(reply.suffix(2) == ["score 4/6", "rank 1 of 1"])
        later = try later.restarted()
        #expect(
            later.play("ben", points: 1, of: 2, from: 1).suffix(2) == ["score 1/2", "rank 2 of 2"])
    }

    @Test(arguments: ["\u{E33}", "\u{FF9E}x", "\u{1161}", "\u{2F800}"])
    func aNameMayBeginWithALetterThatJoinsTheBlankBeforeIt(name: String) throws {
        var table = QuizTable()
        let question = table.say("play \(name) 2")
        #expect(question[0].hasPrefix("question 1/2 "))
        _ = table.say("register x\(name) geheim", from: 2)
        var later = try table.restarted()
        #expect(later.say("play \(name) 2") == question)
        #expect(later.say("login x\(name) geheim", from: 2) == ["welcome x\(name)"])
    }

    @Test func aGameWhoseQuestionsAreGoneBeginsAnew() throws {
        var table = QuizTable()
        var reply = table.say("play anna 3")
        reply = table.answer(reply, rightly: true)
        _ = table.say("play ben 1", from: 2)
        _ = table.answer(table.say("play carl 1", from: 3), rightly: true, from: 3)
        // One that has been answered may go; the others may change their places.
        let asked = try #require(reply[1].last?.wholeNumberValue)
        let answered = try #require(table.journal.first).split(separator: " ")[2]
        let others = QuizTable.questions.filter { $0.fingerprint != answered }
        var later = try table.restarted(with: others.reversed())
        #expect(later.quiz.lostGames <= 1)  // ben's question may have been the same
        #expect(later.say("play anna 3") == Array(reply.dropFirst()))
        #expect(later.quiz.name(of: 1) == "anna")

        later = try table.restarted(with: QuizTable.questions.filter { $0.text != "Q\(asked)" })
        #expect(later.quiz.lostGames >= 1)
        #expect(later.say("play anna 6") == ["error: the number of questions is 1 to 5"])
        #expect(later.say("play anna 2")[0].hasPrefix("question 1/2 "))
        // The lost game does not count, but the finished ones still do.
        #expect(
            later.play("dora", points: 0, of: 1, from: 4).suffix(2) == ["score 0/1", "rank 2 of 2"])
    }

    @Test(arguments: [
        "", "game", "game anna", "game a.b 1aaf95899380f917", "answer anna 1 right",
        "answer ben 1 right", "answer ben 3 right", "answer ben 2 maybe", "answer ben x right",
        "answer carl 2 right", "registered ben", "registered ben x", "registered dora $y$j8T$x$y",
        "forget ben now",
    ])
    func aRecordThatDoesNotFitIsAnError(record: String) throws {
        var table = QuizTable()
        for earlier in [
            "game ben 1aaf95899380f917 11b9df78df0f2b15", "answer ben 1 wrong",
            "game carl 11b9df78df0f2b15", "answer carl 1 right",
        ] { try table.quiz.restore(earlier) }
        let error = #expect(throws: Quiz.Refusal.self) { try table.quiz.restore(record) }
        #expect(error?.description == "the record does not fit those before it")
        try table.quiz.restore("answer ben 2 right")
    }
}
