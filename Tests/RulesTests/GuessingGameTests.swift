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
    }
}
