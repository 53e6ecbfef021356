import Protocol
import Testing

/// The lines of the hangman and the tictactoe server, byte for byte.
@Suite struct GameMessageTests {
    @Test(
        arguments: [
            (.length(6), "length 6"), (.found(at: [2]), "at 2"),
            (.found(at: [1, 4, 10]), "at 1,4,10"),
            (.missed(left: 5), "none 5"), (.missed(left: 0), "none 0"), (.again("e"), "again e"),
            (.end(won: true, word: "server"), "end won server"),
            (.end(won: false, word: "server"), "end lost server"),
            (.error("send one letter"), "error: send one letter"),
        ] as [(HangmanMessage, String)])
    func hangman(message: HangmanMessage, line: String) throws {
        #expect(message.description == line)
        #expect(try HangmanMessage(line) == message)
    }

    @Test(arguments: [
        "", " ", "length", "length 0", "length 65", "length -1", "length 6 ", "length  6",
        "length six", "Length 6", "at", "at ", "at 0", "at 1,", "at ,1", "at 1, 2", "at 65",
        "none", "none -1", "none five", "again", "again a b", "end", "end won", "end drawn x",
        "end won two words", "HTTP/1.1 400 Bad Request", "error:",
    ])
    func noHangmanServerSays(line: String) {
        #expect(
            throws: ProtocolError("'\(line)' is no message of a hangman server")
        ) { try HangmanMessage(line) }
    }

    @Test(
        arguments: [
            (.welcome(name: "anna"), "Welcome anna"),
            (.error("the name is empty"), "error: the name is empty"),
            (.start(game: 12, x: "anna", o: "bob"), "init@12 anna bob"),
            (.move(board: "X.O......"), "move X.O......"),
            (.moved(name: "anna", cell: 9, board: "X.O.....X"), "moved anna 9 X.O.....X"),
            (.invalid("not your turn"), "invalid not your turn"), (.end("anna"), "GameEnd anna"),
            (.end("draw"), "GameEnd draw"), (.end("abandoned"), "GameEnd abandoned"),
        ] as [(TictactoeMessage, String)])
    func tictactoe(message: TictactoeMessage, line: String) throws {
        #expect(message.description == line)
        #expect(try TictactoeMessage(line) == message)
    }

    @Test(arguments: [
        "", " ", "Welcome", "welcome anna", "Welcome anna karenina", "error:", "init@1 anna",
        "init@ anna bob", "init@x anna bob", "init 1 anna bob", "move", "move X.O.....",
        "move X.O.......", "move x.o......", "move X O      ", "moved anna 0 X.O......",
        "moved anna 10 X.O......", "moved anna X X.O......", "moved anna 1 X.O.....",
        "moved 1 X.O......", "invalid", "GameEnd", "GameEnd anna wins", "GAMEEND draw",
        "HTTP/1.1 400 Bad Request",
    ])
    func noTictactoeServerSays(line: String) {
        #expect(
            throws: ProtocolError("'\(line)' is no message of a tictactoe server")
        ) { try TictactoeMessage(line) }
    }

    @Test func whatNobodySaysIsShownEscaped() {
        let shown = "'\\u{1B}[2J' is no message of a "
        #expect(throws: ProtocolError(shown + "hangman server")) {
            try HangmanMessage("\u{1B}[2J")
        }
        #expect(throws: ProtocolError(shown + "tictactoe server")) {
            try TictactoeMessage("\u{1B}[2J")
        }
    }
}
