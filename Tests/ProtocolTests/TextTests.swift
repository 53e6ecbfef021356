import Protocol
import Testing

@Suite struct TextTests {
    @Test(arguments: [
        ("", ""), ("hello", "hello"), ("tab\tstays", "tab\tstays"),
        ("\u{1B}[2J", #"\u{1B}[2J"#), ("a\r\nb", #"a\u{D}\u{A}b"#), ("\0\u{1F}", #"\u{0}\u{1F}"#),
        ("\u{7F}\u{80}\u{9F}\u{A0}", #"\u{7F}\u{80}\u{9F}"# + "\u{A0}"),
        ("\u{202A}\u{202E}\u{202F}", #"\u{202A}\u{202E}"# + "\u{202F}"),
        ("\u{2065}\u{2066}\u{2069}\u{206A}", "\u{2065}" + #"\u{2066}\u{2069}"# + "\u{206A}"),
        ("e\u{301}\u{202E}é 👩‍👩‍👧", "e\u{301}" + #"\u{202E}"# + "é 👩‍👩‍👧"),
        (#"\u{1B}"#, #"\u{1B}"#),
    ])
    func escapes(text: String, expected: String) {
        #expect(Array(text.escaped.utf8) == Array(expected.utf8))
    }

    /// As `str.isprintable` says.
    @Test func knowsPrintableCharacters() {
        for scalar in "a ~é日😀\u{301}\u{FFFD}€".unicodeScalars {
            #expect(scalar.isPrintable, "\(scalar.properties.generalCategory)")
        }
        let others =
            "\t\n\0\u{7F}\u{85}\u{A0}\u{AD}\u{200B}\u{2028}\u{2029}\u{202E}\u{3000}\u{E000}"
        for scalar in (others + "\u{FEFF}\u{FFFE}\u{E0001}\u{10FFFF}").unicodeScalars {
            #expect(!scalar.isPrintable, "\(scalar.properties.generalCategory)")
        }
    }

    @Test(
        arguments: [
            [], [0x41], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80], [0x00],
            [0xF4, 0x8F, 0xBF, 0xBF], [0xED, 0x9F, 0xBF], [0xEF, 0xBF, 0xBD],
        ] as [[UInt8]])
    func acceptsUTF8(bytes: [UInt8]) {
        #expect(bytes.isValidUTF8)
    }

    @Test(
        arguments: [
            [0x80], [0xC3], [0xC3, 0x41], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF],
            [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xFF],
            [0x41, 0xE2, 0x82],
        ] as [[UInt8]])
    func refusesOtherBytes(bytes: [UInt8]) {
        #expect(!bytes.isValidUTF8)
    }

    @Test func takesOneLineEndOffADatagram() throws {
        let cases: [(String, String, Bool)] = [
            ("", "", false), ("SEND_DATE", "SEND_DATE", false), ("a\n", "a", true),
            ("a\r\n", "a", true), ("a\n\n", "a\n", true), ("a\r", "a\r", false), ("\n", "", true),
            ("\r\n", "", true), ("a\nb", "a\nb", false),
        ]
        for (datagram, text, newline) in cases {
            #expect(
                try TextLine(datagram: Array(datagram.utf8))
                    == TextLine(text, endsWithNewline: newline))
            #expect(
                TextLine(whole: Array(datagram.utf8)) == TextLine(text, endsWithNewline: newline))
        }
        #expect(
            try TextLine(datagram: [0x61, 0xFF, 0x0A]) == TextLine("a\u{FFFD}", isValidUTF8: false))
    }

    @Test func limitsADatagram() throws {
        let longest = [UInt8](repeating: 0x61, count: 4_096)
        #expect(try TextLine(datagram: longest).text.utf8.count == 4_096)
        #expect(try TextLine(datagram: longest + [13, 10]).text.utf8.count == 4_096)
        #expect(throws: ProtocolError("datagram with more than 4096 bytes of text")) {
            try TextLine(datagram: longest + [0x61])
        }
        #expect(try TextLine(datagram: Array("abc\n".utf8), limit: 3).text == "abc")
    }
}
