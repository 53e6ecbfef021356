import Testing

@testable import Protocol

/// What people are shown of a message, without a socket.
@Suite struct MessageDescriptionTests {
    /// A framing of which only the bytes are said: what its messages say of themselves is shown.
    private struct Names: Framing {
        func encode(_ message: Substring, into output: inout [UInt8]) {
            output += Array(message.utf8)
        }
        mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> Substring? {
            guard input.count >= 4 else { return nil }
            return Substring(decoding: input.takeFirst(4), as: UTF8.self)
        }
    }

    @Test func aMessageDescribesItselfAndMovesNoCursor() {
        let shown = Names().describe(incoming: "a\u{1B}")
        #expect(shown.words == #"a\u{1B}"#)
        #expect(shown.with([0x61, 0x1B]) == #"a\u{1B} [61 1b]"#)
        #expect(Names().describe(outgoing: "\u{202E}a").words == #"\u{202E}a"#)
    }

    @Test func aMessageThatIsCutOffIsRefusedWithWhatHasCome() {
        expect(error: "message cut off after 3 bytes", from: [1, 2, 3], by: Names())
        expect(error: "message cut off after 1 byte", from: [1], by: Names())
    }

    @Test func aSilenceTellsWhatHasCome() {
        var input = ByteQueue()
        #expect(Silence(after: input, of: 8).part == nil)
        input.append([1])
        #expect(Silence(after: input).part == "1 byte of a message")
        #expect(Silence(after: input, of: 8).part == "1 of 8 bytes of a message")
        #expect(Silence(after: input).clause == "")
        #expect(Silence(after: input, advice: "try another").clause == "; try another")
    }
}
