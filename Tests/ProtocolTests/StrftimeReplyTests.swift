import Protocol
import Testing

@Suite struct StrftimeReplyTests {
    /// Stands for the clock: gives the format back as it is.
    private func echo(_ format: String, _ limit: Int) -> String? {
        format.utf8.count <= limit ? format : nil
    }

    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("a\tb", "a\tb"), ("a\nb", "a\\u{A}b"),
        ("\r", "\\u{D}"), ("a\0b", "a\\u{0}b"), ("\u{1B}[2J", "\\u{1B}[2J"),
        ("\u{202E}x", "\\u{202E}x"), ("ä \u{FFFD}", "ä \u{FFFD}"),
    ])
    func itIsOneLine(format: String, reply: String) {
        #expect("\(StrftimeReply(to: TextLine(format), writtenBy: echo))" == reply)
    }

    @Test func whatIsNoFormatIsToldSo() {
        let lone = "error: the format ends with a lone %; a percent sign is %%"
        for (format, reply) in [
            ("%", lone), ("%H%", lone), ("%%%", lone), ("100%%", "100%%"), ("%5%%", lone),
            // The last sign ends a conversion; the result depends on C.
            ("%5%", "%5%"), ("%-%", "%-%"), ("%_10%", "%_10%"), ("%E%", "%E%"), ("%%5", "%%5"),
            ("%5", "%5"), ("%é%", lone), ("%H%%%%", "%H%%%%"),
        ] {
            #expect("\(StrftimeReply(to: TextLine(format), writtenBy: echo))" == reply)
        }
        let wrong = TextLine("\u{FFFD}", isValidUTF8: false)
        #expect(
            "\(StrftimeReply(to: wrong, writtenBy: echo))" == "error: the format is not UTF-8")
    }

    @Test func itIsAtMost64KiBLong() {
        let tooLong = "error: the time in this format is longer than 65536 bytes"
        for (text, reply) in [
            (String(repeating: "x", count: 65_536), String(repeating: "x", count: 65_536)),
            (String(repeating: "x", count: 65_537), tooLong),
            // 13,107 × 5 are 65,535 bytes: escaped each \n has five.
            (String(repeating: "\n", count: 13_107), String(repeating: "\\u{A}", count: 13_107)),
            (String(repeating: "\n", count: 13_108), tooLong),
        ] {
            #expect(StrftimeReply(to: TextLine(text), writtenBy: echo).description == reply)
        }
        #expect("\(StrftimeReply(to: TextLine("x")) { _, _ in nil })" == tooLong)
        var given = 0
        _ = StrftimeReply(to: TextLine("x")) { _, limit in
            given = limit
            return ""
        }
        #expect(given == 65_536)
    }
}
