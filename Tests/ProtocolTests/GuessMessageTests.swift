import Protocol
import Testing

@Suite struct GuessMessageTests {
    /// `struct.pack('c i', b'<', 51)`, `(b'>', 1)`, `(b'=', -2)`, the first with dirty padding.
    private let questions: [UInt8] = [
        0x3C, 1, 2, 3, 51, 0, 0, 0,
        0x3E, 0, 0, 0, 1, 0, 0, 0,
        0x3D, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF,
    ]

    @Test func readsQuestions() throws {
        let framing = try GuessServerFraming(layout: GuessLayout())
        try expect(
            [GuessQuestion(.smaller, 51), GuessQuestion(.greater, 1), GuessQuestion(.equal, -2)],
            from: questions, by: framing)
    }

    @Test func readsAnswers() throws {
        let framing = try GuessClientFraming(layout: GuessLayout())
        let bytes = "INKYV".utf8.flatMap { byte -> [UInt8] in [byte, 9, 9, 9, 1, 2, 3, 4] }
        try expect([.yes, .no, .out, .won, .ended], from: bytes, by: framing)
    }

    @Test func writesBothWays() throws {
        let server = try GuessServerFraming(layout: GuessLayout())
        #expect(encoded(.yes, by: server) == [0x49, 0, 0, 0, 0, 0, 0, 0])
        #expect(encoded(.no, by: server) == [0x4E, 0, 0, 0, 0, 0, 0, 0])
        #expect(encoded(.out, by: server) == [0x4B, 0, 0, 0, 0, 0, 0, 0])
        #expect(encoded(.won, by: server) == [0x59, 0, 0, 0, 0, 0, 0, 0])
        #expect(encoded(.ended, by: server) == [0x56, 0, 0, 0, 0, 0, 0, 0])
        let client = try GuessClientFraming(layout: GuessLayout())
        #expect(encoded(GuessQuestion(.smaller, 51), by: client) == [0x3C, 0, 0, 0, 51, 0, 0, 0])
        #expect(encoded(GuessQuestion(.greater, 100), by: client) == [0x3E, 0, 0, 0, 100, 0, 0, 0])
        #expect(
            encoded(GuessQuestion(.equal, -1), by: client)
                == [0x3D, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])
    }

    @Test func speaksOtherLayouts() throws {
        let cases: [(String, [UInt8])] = [
            ("!ci", [0x3C, 0, 0, 0, 51]), ("<1si", [0x3C, 51, 0, 0, 0]),
            ("i c", [51, 0, 0, 0, 0x3C]), (">hc", [0, 51, 0x3C]), ("c b", [0x3C, 51]),
            ("<2xcQ", [0, 0, 0x3C, 51, 0, 0, 0, 0, 0, 0, 0]),
            ("!f 2s c 3B", [0, 0, 0, 0, 0, 0, 0x3C, 51, 0, 0]),
        ]
        for (format, bytes) in cases {
            let layout = try GuessLayout(format)
            let question = GuessQuestion(.smaller, 51)
            #expect(layout.size == bytes.count)
            #expect(encoded(question, by: GuessClientFraming(layout: layout)) == bytes, "\(format)")
            try expect(
                [question, question], from: bytes + bytes, by: GuessServerFraming(layout: layout))
        }
    }

    @Test func refusesLayoutsThatLackSomething() {
        for format in ["c", "i", "2s i", "c f", "c ?", ""] {
            #expect(
                throws: StructLayoutError(
                    "layout '\(format)' does not suit this game, which needs one c (or 1s) and "
                        + "one integer, like 'c i'")
            ) { try GuessLayout(format) }
        }
        #expect(throws: StructLayoutError.self) { try GuessLayout("c z") }
    }

    @Test func refusesUnknownCharacters() throws {
        let server = try GuessServerFraming(layout: GuessLayout())
        let question = "a question begins with <, > or ="
        expect(error: "unknown question 'x'; \(question)", from: [0x78], by: server)
        expect(error: "unknown question 0x00; \(question)", from: [0, 0, 0, 0], by: server)
        expect(error: "unknown question 0xFF; \(question)", from: questions + [0xFF], by: server)
        let client = try GuessClientFraming(layout: GuessLayout())
        expect(
            error: "unknown answer 'H'; an answer is I, N, K, Y or V",
            from: Array("HTTP/1.1".utf8), by: client)
    }

    @Test func refusesAMessageCutOff() throws {
        let server = try GuessServerFraming(layout: GuessLayout())
        let client = try GuessClientFraming(layout: GuessLayout())
        for count in 1...7 {
            let text = "message cut off after \(count) of 8 bytes; another --layout may fit"
            expect(error: text, from: Array(questions.prefix(8 + count)), by: server)
            expect(error: text, from: [0x49] + [UInt8](repeating: 0, count: count - 1), by: client)
        }
    }

    @Test func describesMessages() throws {
        let server = try GuessServerFraming(layout: GuessLayout())
        #expect(server.describe(incoming: GuessQuestion(.equal, 37)).words == "= 37")
        #expect(
            GuessAnswer.allCases.map { server.describe(outgoing: $0).words }
                == ["Yes", "No", "You are out", "You won", "End of game"])
        #expect(!server.mayEndAtPause(ByteQueue()))
    }

    @Test func readsAnyBytes() throws {
        for format in ["c i", "!Q c", "b 1s d"] {
            let layout = try GuessLayout(format)
            expectNoTrap(
                by: GuessServerFraming(layout: layout), seed: 5, from: Array("<>=".utf8))
            expectNoTrap(
                by: GuessClientFraming(layout: layout), seed: 6, from: Array("INKYV".utf8))
        }
    }
}
