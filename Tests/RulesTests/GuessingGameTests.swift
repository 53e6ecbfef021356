import Protocol
import Testing

@testable import guess_client
@testable import guess_server

@Suite struct GuessingGameTests {
    @Test func answersComparisons() {
        var game = GuessingGame(number: 37)
        #expect(game.answer(GuessQuestion(.smaller, 38), from: 1) == .yes)
        #expect(game.answer(GuessQuestion(.smaller, 37), from: 1) == .no)
        #expect(game.answer(GuessQuestion(.greater, 36), from: 1) == .yes)
        #expect(game.answer(GuessQuestion(.greater, 37), from: 1) == .no)
        #expect(!game.isWon)
    }

    @Test func aWrongNumberPutsOnePlayerOut() {
        var game = GuessingGame(number: 37)
        #expect(game.answer(GuessQuestion(.equal, 38), from: 1) == .out)
        #expect(game.answer(GuessQuestion(.equal, 37), from: 1) == .ended)
        #expect(game.answer(GuessQuestion(.smaller, 38), from: 1) == .ended)
        #expect(!game.isWon)
        #expect(game.answer(GuessQuestion(.equal, 36), from: 2) == .out)
        #expect(game.answer(GuessQuestion(.smaller, 38), from: 3) == .yes)
        #expect(game.answer(GuessQuestion(.equal, 37), from: 3) == .won)
    }

    @Test func theRightNumberEndsTheGameForEveryone() {
        var game = GuessingGame(number: 1)
        #expect(game.answer(GuessQuestion(.equal, 2), from: 1) == .out)
        #expect(game.answer(GuessQuestion(.equal, 1), from: 2) == .won)
        #expect(game.isWon)
        for player in 1...4 {
            #expect(game.answer(GuessQuestion(.equal, 1), from: player) == .ended)
            #expect(game.answer(GuessQuestion(.greater, 0), from: player) == .ended)
        }
    }

    @Test(arguments: 1...100)
    func everyNumberIsFoundWithSevenComparisonsAndOneGuess(number: Int) throws {
        var game = GuessingGame(number: number)
        var search = NumberSearch(in: 1...100)
        var asked: [GuessQuestion] = []
        // The numbers that fit all answers so far; the answer to a question must not follow from
        // them.
        var possible = Set(1...100)
        while asked.count < 9 {
            let question = search.question
            asked.append(question)
            let answer = game.answer(question, from: 1)
            if answer.endsGame {
                #expect(answer == .won && question == GuessQuestion(.equal, number))
                break
            }
            #expect(question.comparison != .equal)
            let smaller = possible.filter { $0 < question.number }
            #expect(!smaller.isEmpty && smaller.count < possible.count)
            possible = answer == .yes ? smaller : possible.subtracting(smaller)
            try search.take(answer)
        }
        #expect(asked.count <= 8)
        #expect(asked.filter { $0.comparison == .equal }.count == 1)
        #expect(possible == [number])
    }

    @Test(arguments: [GuessAnswer.yes, .no, .out])
    func aNumberThatIsCertainCannotBeWrong(answer: GuessAnswer) throws {
        var search = NumberSearch(in: 7...7)
        #expect(search.question == GuessQuestion(.equal, 7))
        #expect(throws: ProtocolError.self) { try search.take(answer) }
        try search.take(.won)
    }

    @Test(arguments: [GuessAnswer.out, .won, .ended])
    func aComparisonIsAnsweredWithYesOrNo(answer: GuessAnswer) {
        var search = NumberSearch(in: 1...100)
        #expect(throws: ProtocolError.self) { try search.take(answer) }
    }
}
