import Protocol
import Testing

@Suite struct SumFramingTests {
    @Test(arguments: [
        ("Alice,42\n", ["Alice,42"], [true]), ("Alice,42", ["Alice,42"], [false]),
        ("Alice\n42\n", ["Alice\n42"], [true]), ("Alice\n42", ["Alice\n42"], [false]),
        ("Alice\r\n42\r\n", ["Alice\r\n42"], [true]), ("Alice\n", ["Alice"], [true]),
        ("Alice", ["Alice"], [false]), ("\n\n", ["\n"], [true]), ("\n", [""], [true]), ("", [], []),
        ("Alice,42\nEve 7\nBob\n9\n", ["Alice,42", "Eve 7", "Bob\n9"], [true, true, true]),
        ("Alice,x\nBob", ["Alice,x", "Bob"], [true, false]),
    ])
    func findsMessagesHoweverTheyCome(text: String, texts: [String], ends: [Bool]) throws {
        let messages = zip(texts, ends).map { TextLine($0, endsWithNewline: $1) }
        try expect(messages, from: Array(text.utf8), by: SumFraming(ending: .bare))
    }

    @Test func aMessageHasAtMost4096Bytes() throws {
        let name = String(repeating: "a", count: 4_093)
        for text in ["\(name),42", "\(name)\n42"] {
            for ending in ["\n", "\r\n"] {
                let bytes = ArraySlice((text + ending).utf8)
                #expect(
                    try deliver([bytes], to: SumFraming(ending: .bare)) == [TextLine(text)])
            }
        }
        for text in ["\(name)a,42", "\(name)a,42\n", "\(name)a\n42\n", name + name] {
            expect(
                error: "message longer than 4096 bytes; "
                    + "send a name and a number, as in Alice,42",
                from: Array(text.utf8), by: SumFraming(ending: .bare))
        }
    }

    @Test func aPauseEndsALineThatHasBegun() {
        let framing = SumFraming(ending: .likePeer)
        for (text, mayEnd) in [
            ("", false), ("Alice", true), ("Alice\n", false), ("Alice\n4", true), ("Alice,4", true),
        ] {
            var input = ByteQueue()
            input.append(Array(text.utf8))
            #expect(framing.mayEndAtPause(input) == mayEnd, "\(text)")
            let shown = SumFraming(ending: .bare, pause: .always)
            #expect(shown.mayEndAtPause(input) == !text.isEmpty, "\(text)")
        }
    }

    @Test(arguments: [
        ("Alice,42\n", "Bob,57\n"), ("Alice,42", "Bob,57"), ("Alice\n42\n", "Bob,57\n"),
        // The newline inside is no line end: a peer that splits at newlines expects two parts.
        ("Alice\n42", "Bob,57"),
    ])
    func aReplyEndsLikeThePeersMessage(request: String, reply: String) throws {
        var framing = SumFraming(ending: .likePeer)
        var input = ByteQueue()
        input.append(Array(request.utf8))
        if try framing.decode(&input) == nil { _ = try framing.decodeAtEnd(&input) }
        #expect(encoded("Bob,57", by: framing) == Array(reply.utf8))
        #expect(encoded("Bob,57", by: SumFraming(ending: .bare)) == Array("Bob,57".utf8))
        #expect(encoded("Bob,57", by: SumFraming(ending: .newline)) == Array("Bob,57\n".utf8))
    }

    @Test func noBytesMakeItTrap() {
        expectNoTrap(by: SumFraming(ending: .likePeer), seed: 9, from: Array("A,4 2\n\r;".utf8))
    }

    @Test(arguments: [
        ("Alice\n42", "Alice", "\n", SumNumber.integer(42)),
        ("Alice\r\n 42", "Alice", "\n", .integer(42)), ("Alice\nx", "Alice", "\n", .missing),
        ("Alice,42", "Alice", ",", .integer(42)), ("Alice", "Alice", "", .missing),
        ("", "", "", .missing), ("Alice\n", "Alice", "\n", .missing),
        ("Alice\n4\n2", "Alice", "\n", .missing), ("Alice,1\n2", "Alice", ",", .integer(1)),
    ])
    func readsAWholeText(text: String, name: String, separator: String, number: SumNumber) {
        #expect(
            SumMessage(text: text) == SumMessage(name: name, separator: separator, number: number))
    }
}
