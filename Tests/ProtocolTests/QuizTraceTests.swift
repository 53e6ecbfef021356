import Protocol
import Testing

/// No trace of the quiz shows a password, even if it is typed in a wrong place.
struct QuizTraceTests {
    /// The text in a trace if only anna is registered, and there are 30 questions.
    private func shown(_ text: String) -> String {
        QuizRequest.shown(text, upTo: 30) { $0 == "anna" }
    }

    @Test(arguments: [
        "", "  ", "a", " B ", "D", "play anna 5", "play 30", "play ben 1", "play", "register",
        "login", "LOGIN",
    ])
    func whatCanHoldNoneIsShown(text: String) { #expect(shown(text) == text) }

    @Test(arguments: [
        // Of a request, the trace shows the first word and a registered name.
        ("register anna hunter2", "register anna ***"), ("login anna hunter2", "login anna ***"),
        ("  login\tanna   hunter2 ", "login anna ***"),
        ("register ben hunter2", "register ***"), ("login ben hunter2", "login ***"),
        ("login hunter2 anna", "login ***"), ("register hunter2 anna", "register ***"),
        ("login hunter2 hunter2", "login ***"), ("login anna anna", "login anna ***"),
        // Of any other message, it shows at most the first word.
        ("login hunter2", "login ***"), ("login anna hunter2 zwei", "login ***"),
        ("login a.b hunter2", "login ***"), ("login anna my \u{301}hunter2", "login ***"),
        ("LOGIN anna hunter2", "LOGIN ***"), ("Register\thunter2", "Register ***"),
        ("play hunter2", "play ***"), ("play anna hunter2", "play ***"),
        ("play hunter2 anna", "play ***"), ("play anna 5 hunter2", "play ***"),
        // A number may be a password.
        ("play 31", "play ***"), ("play anna 1234", "play ***"), ("play 0", "play ***"),
        // A password may stand alone, be as short as an answer, or come in an unknown form.
        ("hunter2", "***"), ("x", "***"), ("a)", "***"), ("hunter2 anna", "***"),
        ("anna hunter2", "***"), ("lgoin anna hunter2", "***"), ("log-in anna hunter2", "***"),
        ("login:anna:hunter2", "***"), ("login\u{A0}anna\u{A0}hunter2", "***"),
        ("login\u{301} anna hunter2", "***"), ("\u{FEFF}login anna hunter2", "***"),
        ("b'login anna hunter2'", "***"), ("registered anna hunter2", "***"),
    ])
    func whatMayBeAPasswordIsLeftOut(text: String, left: String) { #expect(shown(text) == left) }

    @Test func withoutKnownNamesNoneIsShown() {
        #expect(QuizRequest.shown("login anna hunter2") == "login ***")
        #expect(QuizRequest.shown("play anna 9999") == "play anna 9999")
        #expect(QuizRequest.shown("play anna 10000") == "play ***")
    }

    @Test func aPasswordThatComesBackIsLeftOut() {
        for text in ["LOGIN ANNA HUNTER2", "you said: hunter2", "hunter2"] {
            #expect(QuizRequest.shown(text, without: "Hunter2") == "***")
            #expect(QuizRequest.shown(text, without: nil) == text)
        }
        #expect(QuizRequest.shown("welcome anna", without: "hunter2") == "welcome anna")
    }

    @Test func whatATraceLeavesOutIsNotInItsBytesEither() {
        let framing = LineFraming(
            traceIncoming: { QuizRequest.shown($0) }, traceOutgoing: { QuizRequest.shown($0) })
        let bytes: [UInt8] = [0x61, 0x0A]
        for text in ["login anna hunter2", "LOGIN hunter2"] {
            let first = text.prefix(5)
            #expect(
                framing.describe(incoming: TextLine(text)).with(bytes) == "\"\(first) ***\" [***]")
            #expect(framing.describe(outgoing: text).with(bytes) == "\"\(first) ***\" [***]")
        }
        #expect(framing.describe(incoming: TextLine("hunter2")).with(bytes) == "\"***\" [***]")
        #expect(framing.describe(incoming: TextLine("a")).with(bytes) == "\"a\" [61 0a]")
        #expect(framing.describe(outgoing: "a").with(bytes) == "\"a\" [61 0a]")
        #expect(!LineFraming().describe(incoming: TextLine("login anna hunter2")).isSecret)
    }
}
