import Testing

@testable import Console

/// The output to the terminal for typed text. `W` means that the row is wiped.
@Suite struct LineEditorTests {
    private static let wipe = "\r\u{1B}[K"

    /// Types `texts` one after another, each as one read.
    private func type(_ texts: [String], columns: Int = 20) -> (String, [LineEditor.Event]) {
        var editor = LineEditor(prompt: "> ")
        editor.columns = columns
        var output = ""
        editor.draw(output: &output)
        var events: [LineEditor.Event] = []
        for text in texts { events += editor.take(text.utf8, output: &output) }
        return (output.replacing(Self.wipe, with: "W"), events)
    }

    @Test(
        arguments: [
            (["hello", "\n"], "> hello\n> ", [.line("hello")]),
            (["h", "i\r"], "> hi\n> ", [.line("hi")]),
            (["\n"], "> \n> ", [.line("")]),
            // A paste.
            (["one\ntwo\nthr"], "> one\n> two\n> thr", [.line("one"), .line("two")]),
            (["a\tb\n"], "> a b\n> ", [.line("a\tb")]),
            (["ab", "\u{7F}", "\n"], "> abW> a\n> ", [.line("a")]),
            (["\u{7F}x\u{8}\u{8}\n"], "> \n> ", [.line("")]),
            // Characters as a person sees them: a letter with its mark, a family, a flag.
            (["ae\u{301}", "\u{7F}\n"], "> ae\u{301}W> a\n> ", [.line("a")]),
            (["a👩‍👩‍👧", "\u{7F}", "\n"], "> a👩‍👩‍👧W> a\n> ", [.line("a")]),
            (["🇩🇪🇫🇷", "\u{7F}", "\n"], "> 🇩🇪🇫🇷W> 🇩🇪\n> ", [.line("🇩🇪")]),
            (["e", "\u{301}\n"], "> e\u{301}\n> ", [.line("e\u{301}")]),
            (["one two  ", "\u{17}", "\u{17}", "\u{17}"], "> one two  W> one W> ", []),
            (["abc", "\u{15}", "d\n"], "> abcW> d\n> ", [.line("d")]),
            (["a\u{4}", "\u{15}\u{4}"], "> aW> ", [.end]),
            (["one\n\u{4}late\n"], "> one\n> ", [.line("one"), .end]),
            (["ab\u{1A}"], "> ab", [.stop]),
        ] as [([String], String, [LineEditor.Event])])
    func keysMakeALine(texts: [String], output: String, events: [LineEditor.Event]) {
        let typed = type(texts)
        #expect(Array(typed.0.utf8) == Array(output.utf8))
        #expect(typed.1 == events)
    }

    @Test func whatIsPrintedMeanwhileDoesNotTearTheLine() {
        var editor = LineEditor(prompt: "> ")
        var output = ""
        editor.wipe(output: &output)
        output += "before\n"
        editor.draw(output: &output)
        _ = editor.take("ab".utf8, output: &output)
        editor.wipe(output: &output)
        editor.wipe(output: &output)
        output += "news\n"
        editor.draw(output: &output)
        #expect(editor.take("c\n".utf8, output: &output) == [.line("abc")])
        #expect(output.replacing(Self.wipe, with: "W") == "before\n> abWnews\n> abc\n> ")
    }

    @Test func aLongLineShowsItsEndInOneRow() {
        // Ten columns; the last one stays free.
        #expect(type(["1234567"], columns: 10).0 == "> 1234567")
        #expect(type(["1234567", "8"], columns: 10).0 == "> 1234567W<12345678")
        #expect(type(["1234567", "89"], columns: 10).0 == "> 1234567W<23456789")
        #expect(
            type(["123456789", "\u{7F}", "\u{7F}"], columns: 10).0
                == "> W<23456789W<12345678W> 1234567")
        // After Enter it is shown whole, in as many rows as it needs.
        let (output, events) = type(["123456789", "\n"], columns: 10)
        #expect(output == "> W<23456789W> 123456789\n> ")
        #expect(events == [.line("123456789")])
        // Wide characters are never cut in half; without room nothing is shown.
        #expect(type(["日本日本"], columns: 10).0 == "> W<日本日本")
        #expect(type(["日本日本日"], columns: 10).0 == "> W<本日本日")
        #expect(type(["日本"], columns: 3).0 == "> W<")
        #expect(type(["abc"], columns: 1).0 == "> W<")
    }

    @Test func aNarrowerTerminalGetsAShorterRow() {
        var editor = LineEditor(prompt: "> ")
        var output = ""
        _ = editor.take("123456789".utf8, output: &output)
        editor.columns = 10
        editor.draw(output: &output)
        editor.columns = 80
        editor.draw(output: &output)
        #expect(output.replacing(Self.wipe, with: "W") == "> 123456789W<23456789W> 123456789")
    }

    @Test func anEndlessLineIsCutOff() {
        let text = String(repeating: "x", count: 100_000)
        #expect(type([text + "\n"]).1 == [.line(String(repeating: "x", count: 65_536))])
    }

    @Test(
        arguments: [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("\u{301}", 0), ("日", 2), ("한", 2), ("ｗ", 2),
            ("あ", 2),
            ("😀", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("👍🏽", 4), ("👩‍👩‍👧", 6), ("🇩🇪", 4), ("€", 1),
            ("\u{200B}", 0), ("ß", 1), ("✅", 2), ("𠀀", 2),
        ] as [(Character, Int)])
    func widthsAreNeverTooSmall(character: Character, columns: Int) {
        #expect(character.columns == columns)
    }
}
