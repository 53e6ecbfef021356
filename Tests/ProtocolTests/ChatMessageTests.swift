import Protocol
import Testing

@Suite struct ChatMessageTests {
    @Test func composes() {
        let line = ChatMessage(name: "Joseph", text: "She turned me into a newt!")
        #expect(line.description == "[Joseph] She turned me into a newt!")
        #expect(ChatMessage(name: "a", text: "\u{1B}[2J\t").description == "[a] \\u{1B}[2J\t")
    }

    @Test func acceptsNames() {
        for name in [
            "a", "Anna Maria", "é", "日本", "x:y@z", String(repeating: "n", count: 32),
            String(repeating: "😀", count: 32),
        ] {
            #expect(NameRule.chat.problem(with: TextLine(name)) == nil, "\(name)")
        }
    }

    @Test func refusesOtherNames() {
        let printable = "a name holds only printable characters"
        for (name, problem) in [
            ("", "the name is empty"), ("a[", "a name holds no brackets"),
            ("]", "a name holds no brackets"), ("a\tb", printable), ("a\u{1B}", printable),
            ("\u{202E}a", printable), ("a\u{A0}b", printable), ("\u{200B}", printable),
            (String(repeating: "n", count: 33), "a name has at most 32 characters"),
            // Scalars are counted, so combining marks cannot make a name endless.
            ("e" + String(repeating: "\u{301}", count: 32), "a name has at most 32 characters"),
        ] {
            #expect(NameRule.chat.problem(with: TextLine(name)) == problem)
        }
        #expect(
            NameRule.chat.problem(with: TextLine("a\u{FFFD}", isValidUTF8: false))
                == "the name is not UTF-8")
    }

    @Test func takesOtherRules() {
        let rule = NameRule(without: " @", called: "blanks and no @", limit: 4)
        #expect(rule.problem(with: TextLine("a b")) == "a name holds no blanks and no @")
        #expect(rule.problem(with: TextLine("a@b")) == "a name holds no blanks and no @")
        #expect(rule.problem(with: TextLine("a[b]")) == nil)
        #expect(rule.problem(with: TextLine("abcde")) == "a name has at most 4 characters")
    }
}
