import Files
import Protocol
import Testing

@testable import hangman_server

@Suite struct HangmanTests {
    /// All replies to a player that sends `lines`, in order.
    private func replies(
        to lines: [String], word: String = "server", misses: Int = 6
    ) -> [String] {
        var games = HangmanGames(misses: misses)
        return lines.flatMap { line in
            games.answer(line, from: 1, chooseWord: { word }).map(\.description)
        }
    }

    @Test func theCompletingLetterWins() {
        #expect(
            replies(to: ["start", "e", "S", "x", "r", "v"]) == [
                "length 6", "at 2,5", "at 1", "none 5", "at 3,6", "at 4", "end won server",
            ])
    }

    @Test func theLastMissLoses() {
        #expect(
            replies(to: ["start"] + "abcdfg".map { "\($0)" }) == [
                "length 6", "none 5", "none 4", "none 3", "none 2", "none 1", "none 0",
                "end lost server",
            ])
        #expect(
            replies(to: ["start", "a"], misses: 1) == ["length 6", "none 0", "end lost server"])
    }

    @Test func aLetterTriedBeforeIsFree() {
        #expect(
            replies(to: ["start", "e", "E", "e", "x", "X", "x", "y"]) == [
                "length 6", "at 2,5", "again e", "again e", "none 5", "again x", "again x",
                "none 4",
            ])
    }

    @Test(arguments: [
        "", " ", "ab", "e ", " e", "1", "-", "é", "ß", "\u{130}", "\u{212A}", "START", "start ",
        "e\u{301}", "e\u{200D}", "\u{FFFD}",
    ])
    func anythingElseIsFree(text: String) {
        let problem = "error: send one letter from a to z, or start"
        #expect(
            replies(to: ["start", text, text, "a"]) == ["length 6", problem, problem, "none 5"])
    }

    @Test func withoutAGameThereIsNothingToGuess() {
        let problem = "error: no game has begun; send start"
        #expect(
            replies(to: ["e", "hello", "start", "e"]) == [problem, problem, "length 6", "at 2,5"])
        // After the end, too.
        #expect(
            replies(to: ["start", "a", "a", "e", "start", "a"], word: "a") == [
                "length 1", "at 1", "end won a", problem, problem, "length 1", "at 1", "end won a",
            ])
    }

    @Test func startInMidGameGivesItUp() {
        var words = ["one", "two", "three"][...]
        var games = HangmanGames(misses: 2)
        var heard: [HangmanMessage] = []
        for line in ["start", "x", "o", "start", "o", "x", "start", "start"] {
            heard += games.answer(line, from: 1, chooseWord: { words.popFirst() ?? "four" })
        }
        #expect(
            heard == [
                .length(3), .missed(left: 1), .found(at: [1]), .end(won: false, word: "one"),
                .length(3), .found(at: [3]), .missed(left: 1), .end(won: false, word: "two"),
                .length(5), .end(won: false, word: "three"), .length(4),
            ])
    }

    @Test func everyPlayerHasAGameOfTheirOwn() {
        var games = HangmanGames(misses: 6)
        #expect(games.answer("start", from: 1, chooseWord: { "one" }) == [.length(3)])
        #expect(games.answer("start", from: 2, chooseWord: { "three" }) == [.length(5)])
        #expect(games.answer("e", from: 1, chooseWord: { "" }) == [.found(at: [3])])
        #expect(games.answer("e", from: 2, chooseWord: { "" }) == [.found(at: [4, 5])])
        games.leave(1)
        #expect(
            games.answer("o", from: 1, chooseWord: { "" })
                == [.error("no game has begun; send start")])
        #expect(games.answer("e", from: 2, chooseWord: { "" }) == [.again("e")])
    }

    // MARK: The words

    @Test func theWordsThatShipAreGood() throws {
        let words = try WordList(PackageResources.words_txt, from: "words.txt").words
        #expect(words.count >= 500)
        #expect(words == words.sorted() && Set(words).count == words.count)
        let letters = Set("abcdefghijklmnopqrstuvwxyz")
        for word in words {
            #expect((4...12).contains(word.count) && word.allSatisfy(letters.contains), "\(word)")
        }
        // One a line, and nothing else in the file.
        #expect(
            words.joined(separator: "\n") + "\n"
                == String(decoding: PackageResources.words_txt, as: UTF8.self))
    }

    @Test func aListHoldsAWordALine() throws {
        let text = "# words\n\nTree\r\n  apple \t\n#pear\n \nx\nTREE"
        #expect(try WordList(Array(text.utf8), from: "w").words == ["tree", "apple", "x", "tree"])
        let longest = String(repeating: "m", count: 64)
        #expect(try WordList(Array(longest.utf8), from: "w").words == [longest])
    }

    @Test(
        arguments: [
            ("tree\n\ngrüße\n", "line 3: 'grüße' "), ("two words", "line 1: 'two words' "),
            ("it's", "line 1: 'it's' "), ("a\nb\nc-d", "line 3: 'c-d' "),
            ("a\n\u{1B}[2J\n", "line 2: '\\u{1B}[2J' "), ("web2", "line 1: 'web2' "),
            ("a # comment", "line 1: 'a # comment' "), ("\u{212A}", "line 1: '\u{212A}' "),
            // Blanks and tabs are blanks, and nothing else is.
            ("tree\u{A0}", "line 1: 'tree\u{A0}' "), (" \u{301}", "line 1: '\u{301}' "),
            // Blanks and tabs are blanks, and nothing else is.
            ("tree\u{A0}", "line 1: 'tree\u{A0}' "), (" \u{301}", "line 1: '\u{301}' "),
            (
                String(repeating: "m", count: 65),
                "line 1: '\(String(repeating: "m", count: 65))' "
            ),
        ])
    func whatIsNoWordIsToldWithItsLine(text: String, reason: String) {
        let rest = "is not a word of 1 to 64 letters from a to z"
        #expect(throws: FileError(.read, "my.txt", reason: reason + rest)) {
            try WordList(Array(text.utf8), from: "my.txt")
        }
    }

    @Test(arguments: ["", "\n\n", "# nothing\n"])
    func aListWithoutAWordIsNone(text: String) {
        #expect(throws: FileError(.read, "my.txt", reason: "no words in it")) {
            try WordList(Array(text.utf8), from: "my.txt")
        }
    }

    @Test func bytesThatAreNoTextAreNoWords() {
        #expect(throws: FileError(.read, "my.txt", reason: "line 2: not UTF-8")) {
            try WordList([0x61, 0x0A, 0x62, 0xFF, 0x0A], from: "my.txt")
        }
        #expect(throws: FileError.self) { try WordList([0x61, 0, 0x0A], from: "my.txt") }
    }
}
