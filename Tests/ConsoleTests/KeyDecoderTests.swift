import Testing

@testable import Console

@Suite struct KeyDecoderTests {
    @Test(
        arguments: [
            ("a~ \t", [.character("a"), .character("~"), .character(" "), .character("\t")]),
            ("é€😀", [.character("é"), .character("€"), .character("😀")]),
            ("\r\n", [.enter, .enter]), ("\u{8}\u{7F}", [.backspace, .backspace]),
            ("\u{15}\u{17}\u{4}\u{1A}", [.eraseLine, .eraseWord, .endOfInput, .stop]),
            // Other control keys, such as Ctrl-C: the terminal makes a signal of Ctrl-C.
            ("\0\u{1}\u{3}\u{5}\u{B}\u{C}\u{1F}", []),
            // Arrows, Delete, Home, F1, F5, Alt-x, a mouse click, and a coloured text.
            ("\u{1B}[Aa\u{1B}[1;5Cb", [.character("a"), .character("b")]),
            ("\u{1B}[3~\u{1B}OH\u{1B}OPc\u{1B}[15~", [.character("c")]),
            ("\u{1B}xd\u{1B}[<0;1;1Me", [.character("d"), .character("e")]),
            // Esc before Enter, before an arrow (Alt with it), and before a letter not of ASCII.
            ("a\u{1B}\r\u{1B}\u{1B}[Ab", [.character("a"), .enter, .character("b")]),
            ("\u{1B}é\u{1B}[1\n", [.character("é"), .enter]),
            // F1 of Linux's console.
            ("\u{1B}[[Ab", [.character("b")]),
            // Characters that would move the cursor or turn the direction are skipped; a mark that
            // joins emoji is not.
            ("\u{9B}2J\u{85}\u{202E}\u{2069}\u{2028}", [.character("2"), .character("J")]),
            ("\u{200D}", [.character("\u{200D}")]),
        ] as [(String, [Key])])
    func findsTheKeys(text: String, keys: [Key]) {
        // The bytes come one by one, because a read may end anywhere.
        var decoder = KeyDecoder()
        #expect(text.utf8.flatMap { decoder.take($0) } == keys)
    }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], [.character("a"), .character("\u{FFFD}"), .character("b")]),
            ([0xC3, 0x62], [.character("\u{FFFD}"), .character("b")]),
            ([0xE2, 0x82, 0x0A], [.character("\u{FFFD}"), .enter]),
            ([0xE2, 0xC3, 0xA9], [.character("\u{FFFD}"), .character("é")]),
            ([0x82], [.character("\u{FFFD}")]), ([0xF0, 0x9F, 0x98], []),
            ([0xC0, 0xAF], [.character("\u{FFFD}")]),
        ] as [([UInt8], [Key])])
    func wrongUTF8IsReplaced(bytes: [UInt8], keys: [Key]) {
        var decoder = KeyDecoder()
        #expect(bytes.flatMap { decoder.take($0) } == keys)
    }
}
