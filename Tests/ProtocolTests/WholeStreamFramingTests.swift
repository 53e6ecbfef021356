import Protocol
import Testing

@Suite struct WholeStreamFramingTests {
    private let tooLong = "message longer than 1048576 bytes"

    @Test func theEndOfTheStreamEndsTheMessage() throws {
        let framing = WholeStreamFraming()
        try expect([], from: [], by: framing)
        try expect(
            [TextLine("this is my message", endsWithNewline: false)],
            from: Array("this is my message".utf8), by: framing)
        try expect(
            [TextLine("é€😀", endsWithNewline: false)], from: Array("é€😀".utf8), by: framing)
    }

    @Test func newlinesBelongToTheMessageButForOneAtItsEnd() throws {
        for (bytes, text) in [
            ("a\n", "a"), ("a\r\n", "a"), ("a\nb\n", "a\nb"), ("a\n\n", "a\n"), ("\n", ""),
            ("\r\n", ""), ("\na\r\n\r\n", "\na\r\n"),
        ] {
            try expect([TextLine(text)], from: Array(bytes.utf8), by: WholeStreamFraming())
        }
        for text in ["a\nb", "a\r", "\r"] {
            try expect(
                [TextLine(text, endsWithNewline: false)], from: Array(text.utf8),
                by: WholeStreamFraming())
        }
    }

    @Test func repairsWrongUTF8AndSaysSo() throws {
        try expect(
            [TextLine("a\u{FFFD}b\u{FFFD}", isValidUTF8: false, endsWithNewline: false)],
            from: [0x61, 0xFF, 0x62, 0xC3], by: WholeStreamFraming())
    }

    @Test func acceptsTheLongestMessage() throws {
        for ending in ["", "\n", "\r\n"] {
            let text = String(repeating: "x", count: 1_048_576 - ending.utf8.count)
            let bytes = Array((text + ending).utf8)
            let messages = try deliver(
                [bytes[..<1_048_575], bytes[1_048_575...]], to: WholeStreamFraming())
            #expect(messages.count == 1)
            // Not the texts themselves, or a failure would show a mebibyte.
            let isSame = messages.first?.text == text
            #expect(isSame)
        }
    }

    @Test func refusesLongerOnesBeforeTheyHaveEnded() throws {
        let longest = [UInt8](repeating: 0x78, count: 1_048_576)
        for ending in ["y", "\n"] {
            let bytes = longest + Array(ending.utf8)
            #expect(throws: ProtocolError(tooLong)) {
                try deliver([bytes[...]], to: WholeStreamFraming())
            }
        }
        var framing = WholeStreamFraming()
        var input = ByteQueue()
        input.append(longest)
        #expect(try framing.decode(&input) == nil)
        input.append([0x0A])
        #expect(throws: ProtocolError(tooLong)) { try framing.decode(&input) }
    }

    @Test func aPauseEndsNothing() throws {
        var input = ByteQueue()
        input.append("hello".utf8)
        #expect(!WholeStreamFraming().mayEndAtPause(input))
        #expect(WholeStreamFraming().silence(after: input).part != nil)
    }

    @Test func sendsTheBareBytes() {
        #expect(encoded("OK\n\u{E9}", by: WholeStreamFraming()) == [0x4F, 0x4B, 0x0A, 0xC3, 0xA9])
        #expect(encoded("", by: WholeStreamFraming()) == [])
    }

    @Test func showsATraceWithoutControlCharacters() {
        let framing = WholeStreamFraming()
        #expect(framing.describe(incoming: TextLine("a\nb")).words == #""a\u{A}b""#)
        #expect(framing.describe(outgoing: "a\u{1B}b").words == #""a\u{1B}b""#)
    }
}
