import Protocol
import Testing

@Suite struct LineFramingTests {
    @Test func findsLinesHoweverTheyCome() throws {
        try expect([], from: [], by: LineFraming())
        try expect(
            [TextLine("one"), TextLine(""), TextLine("two\rthree"), TextLine("é€😀")],
            from: Array("one\n\ntwo\rthree\r\né€😀\n".utf8), by: LineFraming())
        try expect(
            [TextLine("one"), TextLine("rest\r", endsWithNewline: false)],
            from: Array("one\r\nrest\r".utf8), by: LineFraming())
        try expect(
            [TextLine("bare", endsWithNewline: false)], from: Array("bare".utf8), by: LineFraming())
        // Of two `\r`, only the one right before the newline belongs to the line end.
        try expect([TextLine("a\r")], from: Array("a\r\r\n".utf8), by: LineFraming())
    }

    @Test func repairsWrongUTF8AndSaysSo() throws {
        try expect(
            [
                TextLine("a\u{FFFD}b", isValidUTF8: false), TextLine("c"),
                TextLine("\u{FFFD}", isValidUTF8: false, endsWithNewline: false),
            ],
            from: [0x61, 0xFF, 0x62, 0x0A, 0x63, 0x0A, 0xC3], by: LineFraming())
    }

    @Test func acceptsTheLongestMessage() throws {
        let longest = String(repeating: "x", count: 4_096)
        for ending in ["\n", "\r\n"] {
            let bytes = Array((longest + ending + "next\n").utf8)
            for middle in 4_090...bytes.count {
                #expect(
                    try deliver([bytes[..<middle], bytes[middle...]], to: LineFraming())
                        == [TextLine(longest), TextLine("next")])
            }
        }
        #expect(
            try deliver([Array(longest.utf8)[...]], to: LineFraming())
                == [TextLine(longest, endsWithNewline: false)])
    }

    @Test func refusesLongerOnes() {
        let text =
            "message longer than 4096 bytes; send shorter ones, each with a newline at its end"
        let tooLong = String(repeating: "x", count: 4_097)
        for ending in ["", "\n", "\r\n", "x", "xxxxx\n"] {
            expect(error: text, from: Array((tooLong + ending).utf8), by: LineFraming())
        }
        // 4,097 bytes; the last might belong to a line end, but then the stream ends.
        expect(error: text, from: Array((tooLong.dropLast() + "\r").utf8), by: LineFraming())
    }

    @Test func refusesALongMessageBeforeItsEnd() throws {
        var framing = LineFraming(limit: 4)
        var input = ByteQueue()
        input.append("abcd\r".utf8)
        #expect(try framing.decode(&input) == nil)
        input.append("x".utf8)
        #expect(
            throws: ProtocolError(
                "message longer than 4 bytes; send shorter ones, each with a newline at its end")
        ) { try framing.decode(&input) }
    }

    @Test func takesALimit() throws {
        try expect([TextLine("abc")], from: Array("abc\r\n".utf8), by: LineFraming(limit: 3))
        try expect([TextLine("")], from: Array("\r\n".utf8), by: LineFraming(limit: 0))
        expect(
            error: "message longer than 2 bytes; send shorter ones, each with a newline at its end",
            from: Array("abc\n".utf8), by: LineFraming(limit: 2))
    }

    @Test func letsAPauseEndAMessageOnlyWithoutNewlines() throws {
        var framing = LineFraming()
        var input = ByteQueue()
        #expect(!framing.mayEndAtPause(input))
        input.append("first".utf8)
        #expect(try framing.decode(&input) == nil)
        #expect(framing.mayEndAtPause(input))
        #expect(try framing.decodeAtEnd(&input) == TextLine("first", endsWithNewline: false))
        #expect(!framing.mayEndAtPause(input))
        #expect(!framing.sendsNewlines)

        input.append("second\nthi".utf8)
        #expect(try framing.decode(&input) == TextLine("second"))
        #expect(framing.sendsNewlines)
        #expect(try framing.decode(&input) == nil)
        #expect(!framing.mayEndAtPause(input))
        input.append("rd\n".utf8)
        #expect(try framing.decode(&input) == TextLine("third"))
    }

    @Test func letsAPauseEndEveryMessageOfWhatIsOnlyShown() throws {
        var framing = LineFraming(pause: .always)
        var input = ByteQueue()
        input.append("[Anna\n] text".utf8)
        #expect(try framing.decode(&input) == TextLine("[Anna"))
        #expect(try framing.decode(&input) == nil)
        #expect(framing.mayEndAtPause(input))
        #expect(try framing.decodeAtEnd(&input) == TextLine("] text", endsWithNewline: false))
        #expect(!framing.mayEndAtPause(input))
    }

    /// The searched length of one message must not be used for the next.
    @Test func searchesAgainAfterAPause() throws {
        var framing = LineFraming()
        var input = ByteQueue()
        input.append("abcdef".utf8)
        #expect(try framing.decode(&input) == nil)
        #expect(try framing.decodeAtEnd(&input) == TextLine("abcdef", endsWithNewline: false))
        input.append("x\ny\n".utf8)
        #expect(try framing.decode(&input) == TextLine("x"))
        #expect(try framing.decode(&input) == TextLine("y"))
    }

    /// If each byte started the search again, this would take minutes.
    @Test func searchesEachByteOnce() throws {
        var framing = LineFraming(limit: 200_000)
        var input = ByteQueue()
        for _ in 0..<200_000 {
            input.append(CollectionOfOne(0x61))
            #expect(try framing.decode(&input) == nil)
        }
        input.append(CollectionOfOne(0x0A))
        #expect(try framing.decode(&input)?.text.utf8.count == 200_000)
    }

    @Test func endsWhatItSendsAsAsked() throws {
        #expect(encoded("OK é", by: LineFraming()) == [0x4F, 0x4B, 0x20, 0xC3, 0xA9, 0x0A])
        #expect(encoded("OK", by: LineFraming(ending: .bare)) == [0x4F, 0x4B])
        var polite = LineFraming(ending: .likePeer)
        #expect(encoded("OK", by: polite) == [0x4F, 0x4B])
        var input = ByteQueue()
        input.append("hi".utf8)
        _ = try polite.decodeAtEnd(&input)
        #expect(encoded("OK", by: polite) == [0x4F, 0x4B])
        input.append("hi\n".utf8)
        _ = try polite.decode(&input)
        #expect(encoded("OK", by: polite) == [0x4F, 0x4B, 0x0A])
    }

    @Test func hidesWhatATraceMustNotShow() {
        let plain = LineFraming()
        #expect(plain.describe(incoming: TextLine("a\u{1B}b")).words == #""a\u{1B}b""#)
        let secretive = LineFraming(
            traceIncoming: { _ in "login ***" }, traceOutgoing: { _ in "welcome ***" })
        #expect(
            secretive.describe(incoming: TextLine("login anna secret")).words == #""login ***""#)
        #expect(secretive.describe(outgoing: "welcome secret").words == #""welcome ***""#)
    }

    @Test func readsAnyBytes() {
        expectNoTrap(by: LineFraming(limit: 20), seed: 4, from: Array("\r\n\nab".utf8))
    }
}
