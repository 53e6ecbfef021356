import Protocol
import Testing

@testable import tictactoe_server

@Suite struct TictactoeTests {
    private let anna = Player(id: 1, name: "anna")
    private let bob = Player(id: 2, name: "bob")
    private let carl = Player(id: 3, name: "carl")
    private let dora = Player(id: 4, name: "dora")

    /// `1: Welcome anna`: each message with its receiver.
    private func told(_ notices: [Notice]) -> [String] {
        notices.map { "\($0.receiver): \($0.message)" }
    }

    /// Plays `cells` in turn from the empty board; the first player is X.
    private func match(_ cells: String) -> (match: Match, last: [String]) {
        var match = Match(x: anna, o: bob)
        var last: [String] = []
        for (index, cell) in cells.enumerated() {
            #expect(!match.isOver)
            last = told(match.take("\(cell)", from: index.isMultiple(of: 2) ? 1 : 2))
        }
        return (match, last)
    }

    // MARK: The board

    @Test func theBoardShowsWhatWasPlaced() {
        var board = Board()
        #expect(board.description == ".........")
        board[1] = .x
        board[9] = .o
        board[4] = .x
        #expect(board.description == "X..X....O")
        #expect(board[4] == .x && board[9] == .o && board[5] == nil)
        #expect(board.winner == nil && !board.isFull)
    }

    @Test func threeInARowWin() {
        let lines = ["123", "456", "789", "147", "258", "369", "159", "357"]
        for first in 1...9 {
            for second in 1...9 where second > first {
                for third in 1...9 where third > second {
                    for mark in [Board.Mark.x, .o] {
                        var board = Board()
                        for cell in [first, second, third] { board[cell] = mark }
                        let isLine = lines.contains("\(first)\(second)\(third)")
                        #expect(board.winner == (isLine ? mark : nil))
                    }
                }
            }
        }
    }

    @Test func threeOfBothAreNoRow() {
        var board = Board()
        for (cell, mark) in zip(1...9, "XXOOOXXXO") { board[cell] = mark == "X" ? .x : .o }
        #expect(board.isFull && board.winner == nil)
    }

    // MARK: A game

    @Test func aMoveIsToldToBothAndTheOtherIsAsked() {
        #expect(
            told(Match(x: anna, o: bob).begin(as: 7)) == [
                "1: init@7 anna bob", "2: init@7 anna bob", "1: move .........",
            ])
        #expect(
            match("5").last == [
                "1: moved anna 5 ....X....", "2: moved anna 5 ....X....", "2: move ....X....",
            ])
        #expect(
            match("51").last == [
                "1: moved bob 1 O...X....", "2: moved bob 1 O...X....", "1: move O...X....",
            ])
    }

    @Test func aWinIsToldAfterTheMove() {
        let (x, lastOfX) = match("14253")
        #expect(
            lastOfX == [
                "1: moved anna 3 XXXOO....", "2: moved anna 3 XXXOO....", "1: GameEnd anna",
                "2: GameEnd anna",
            ])
        #expect(x.isOver)
        let (o, lastOfO) = match("142596")
        #expect(
            lastOfO == [
                "1: moved bob 6 XX.OOO..X", "2: moved bob 6 XX.OOO..X", "1: GameEnd bob",
                "2: GameEnd bob",
            ])
        #expect(o.isOver)
    }

    @Test func aFullBoardIsADraw() {
        let (game, last) = match("123546879")
        #expect(
            last == [
                "1: moved anna 9 XOXXOOOXX",
                "2: moved anna 9 XOXXOOOXX", "1: GameEnd draw",
                "2: GameEnd draw",
            ])
        #expect(game.isOver)
    }

    @Test func theNinthMoveMayWin() {
        let (game, last) = match("132458679")
        #expect(last.suffix(2) == ["1: GameEnd anna", "2: GameEnd anna"])
        #expect(last.first == "1: moved anna 9 XXOOXXOOX")
        #expect(game.isOver)
    }

    @Test func outOfTurnNothingMoves() {
        var (game, _) = match("5")
        #expect(told(game.take("1", from: 1)) == ["1: invalid not your turn"])
        #expect(told(game.take("5", from: 1)) == ["1: invalid not your turn"])
        #expect(told(game.take("hello", from: 1)) == ["1: invalid not your turn"])
        #expect(told(game.take("1", from: 3)) == [])
        #expect(told(game.take("1", from: 2)).first == "1: moved bob 1 O...X....")
    }

    @Test(arguments: [
        "", " ", "0", "10", "-1", "+1", "01", "1 ", " 1", "1.0", "x", "a1", "１", "11", "²",
        "99999999999999999999", "1\u{0}",
    ])
    func whatIsNoCellIsAskedForAgain(text: String) {
        var game = Match(x: anna, o: bob)
        for _ in 0..<2 {
            #expect(
                told(game.take(text, from: 1)) == [
                    "1: invalid a move is a cell from 1 to 9", "1: move .........",
                ])
        }
        #expect(told(game.take("1", from: 1)).count == 3)
    }

    @Test func aTakenCellIsAskedForAgain() {
        var (game, _) = match("51")
        for cell in [1, 5] {
            #expect(
                told(game.take("\(cell)", from: 1)) == [
                    "1: invalid cell \(cell) is taken", "1: move O...X....",
                ])
        }
    }

    // MARK: Pairing

    @Test func twoAreAGameInTheOrderOfArrival() {
        var lobby = Lobby()
        #expect(told(lobby.enter(anna) { _ in true }) == ["1: Welcome anna"])
        #expect(
            told(lobby.enter(bob) { _ in true }) == [
                "2: Welcome bob", "1: init@1 anna bob", "2: init@1 anna bob", "1: move .........",
            ])
        #expect(told(lobby.enter(carl) { _ in true }) == ["3: Welcome carl"])
        #expect(told(lobby.take("5", from: carl)) == ["3: invalid not your turn"])
        #expect(
            told(lobby.enter(dora) { _ in true }) == [
                "4: Welcome dora", "3: init@2 carl dora", "4: init@2 carl dora",
                "3: move .........",
            ])
        // The games do not touch each other.
        #expect(told(lobby.take("5", from: carl)).last == "4: move ....X....")
        #expect(told(lobby.take("5", from: anna)).last == "2: move ....X....")
    }

    @Test func whoHasLeftIsNeverPaired() {
        var lobby = Lobby()
        _ = lobby.enter(anna) { _ in true }
        #expect(told(lobby.leave(anna)) == [])
        #expect(told(lobby.enter(bob) { _ in true }) == ["2: Welcome bob"])
        // bob has left, but the lobby has not been told yet.
        #expect(told(lobby.enter(carl) { $0.name != "bob" }) == ["3: Welcome carl"])
        #expect(told(lobby.leave(bob)) == [])
        // Here the newcomer itself has left.
        #expect(told(lobby.enter(anna) { $0.name != "anna" }) == ["1: Welcome anna"])
        #expect(
            told(lobby.enter(dora) { _ in true }) == [
                "4: Welcome dora", "3: init@1 carl dora", "4: init@1 carl dora",
                "3: move .........",
            ])
    }

    @Test func aGameWithoutAPlayerIsAbandoned() {
        for leaver in [anna, bob] {
            var lobby = Lobby()
            _ = lobby.enter(anna) { _ in true }
            _ = lobby.enter(bob) { _ in true }
            _ = lobby.take("5", from: anna)
            #expect(
                told(lobby.leave(leaver)) == ["1: GameEnd abandoned", "2: GameEnd abandoned"])
            #expect(told(lobby.leave(anna)) == [] && told(lobby.leave(bob)) == [])
            // The next game has a new number, and the other does not wait.
            #expect(told(lobby.enter(carl) { _ in true }) == ["3: Welcome carl"])
            #expect(told(lobby.enter(dora) { _ in true })[1] == "3: init@2 carl dora")
        }
    }

    @Test func aGameThatIsOverIsForgotten() {
        var lobby = Lobby()
        _ = lobby.enter(anna) { _ in true }
        _ = lobby.enter(bob) { _ in true }
        for (index, cell) in "14253".enumerated() {
            _ = lobby.take("\(cell)", from: index.isMultiple(of: 2) ? anna : bob)
        }
        #expect(told(lobby.take("9", from: bob)) == ["2: invalid not your turn"])
        #expect(told(lobby.leave(anna)) == [] && told(lobby.leave(bob)) == [])
    }

    @Test(arguments: [
        ("", "the name is empty"), ("a b", "a name holds no blanks and no @"),
        ("a@b", "a name holds no blanks and no @"), (" ", "a name holds no blanks and no @"),
        ("a\tb", "a name holds only printable characters"),
        ("draw", "'draw' is not free to be a name; choose another"),
        ("abandoned", "'abandoned' is not free to be a name; choose another"),
        ("123456789012345678901234567890123", "a name has at most 32 characters"),
    ])
    func aNameThatCouldBeMisreadIsNone(name: String, problem: String) {
        #expect(NameRule.tictactoe.problem(with: TextLine(name)) == problem)
    }

    @Test(arguments: [
        "a", "Draw", "draws", "O'Neil", "X", "9", "zoë", "12345678901234567890123456789012",
    ])
    func otherNamesAreGood(name: String) {
        #expect(NameRule.tictactoe.problem(with: TextLine(name)) == nil)
    }
}
