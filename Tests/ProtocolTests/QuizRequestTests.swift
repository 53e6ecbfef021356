import Protocol
import Testing

/// Programming 2, Task 5.1: the messages of a player.
struct QuizRequestTests {
    @Test(arguments: [
        ("play anna 5", QuizRequest.play(name: "anna", count: 5)),
        ("play 5", .play(name: nil, count: 5)),
        ("  play\tanna   5 ", .play(name: "anna", count: 5)),
        ("play Zoë-1_x 030", .play(name: "Zoë-1_x", count: 30)),
        ("play 7 3", .play(name: "7", count: 3)),
        // The count is nil: for an unfinished game it is not needed.
        ("play anna x", .play(name: "anna", count: nil)),
        ("play anna -1", .play(name: "anna", count: nil)),
        ("play anna +1", .play(name: "anna", count: nil)),
        ("play anna 99999999999999999999", .play(name: "anna", count: nil)),
        ("play anna", .play(name: nil, count: nil)), ("play", .play(name: nil, count: nil)),
        ("register anna geheim", .register(name: "anna", password: "geheim")),
        ("login anna gehe\u{7F}im\u{A0}", .login(name: "anna", password: "gehe\u{7F}im\u{A0}")),
        ("a", .answer(0)), ("B", .answer(1)), (" c ", .answer(2)), ("D", .answer(3)),
    ])
    func aRequestIsRead(text: String, request: QuizRequest) throws {
        #expect(try QuizRequest(text) == request)
    }

    @Test(arguments: [
        ("", "send play <name> <n>, register or login <name> <password>"),
        ("e", "send play <name> <n>, register or login <name> <password>"),
        ("ab", "send play <name> <n>, register or login <name> <password>"),
        ("a b", "send play <name> <n>, register or login <name> <password>"),
        ("Play anna 5", "send play <name> <n>, register or login <name> <password>"),
        ("geheim", "send play <name> <n>, register or login <name> <password>"),
        ("play anna smith 5", "send play <name> <n>, or play <n> after login"),
        ("register anna", "send register <name> <password>, neither with blanks in it"),
        ("register anna my geheim", "send register <name> <password>, neither with blanks in it"),
        ("login", "send login <name> <password>, neither with blanks in it"),
    ])
    func whatIsNoneSaysWhatToSend(text: String, problem: String) {
        let error = #expect(throws: ProtocolError.self) { try QuizRequest(text) }
        #expect(error?.description == problem)
    }

    @Test func aNameIsLettersDigitsMinusAndUnderscore() throws {
        let longest = String(repeating: "é", count: 32)
        for name in ["a", "Z", "9", "-", "_", "ß", "名前", longest] {
            #expect(try QuizRequest.checkedName(name) == name)
            #expect(try QuizRequest("play \(name) 1") == .play(name: name, count: 1))
        }
        for name in ["", "a.b", "a b", "a\u{1B}", "a\u{FFFD}", "😀", "a\u{202E}", longest + "x"] {
            let error = #expect(throws: ProtocolError.self) { try QuizRequest.checkedName(name) }
            #expect(error?.description == "a name is 1 to 32 letters, digits, - or _")
        }
    }

    @Test func aPasswordIsAnythingWithoutBlanks() throws {
        let longest = String(repeating: "é", count: 128)
        for password in ["x", longest, "***", "pass:word,\u{1F511}"] {
            #expect(try QuizRequest.checkedPassword(password) == password)
        }
        // A blank with a combining mark is another character, but the blank is still there.
        for password in ["", "a b", "a\tb", "a \u{301}b", "a\t\u{20DD}b", longest + "x"] {
            let error = #expect(throws: ProtocolError.self) {
                try QuizRequest.checkedPassword(password)
            }
            #expect(error?.description == "a password is 1 to 128 characters without blanks")
        }
        #expect(throws: ProtocolError.self) { try QuizRequest("login anna \(longest)x") }
    }

    @Test func aBlankWithAMarkIsABlank() throws {
        #expect(throws: ProtocolError.self) { try QuizRequest("login anna my \u{301}geheim") }
        #expect(throws: ProtocolError.self) { try QuizRequest("login anna my\t\u{20DD}geheim") }
        #expect(
            try QuizRequest("login anna \u{301}geheim")
                == .login(name: "anna", password: "\u{301}geheim"))
        #expect(try QuizRequest("a\u{20}") == .answer(0))
        #expect(throws: ProtocolError.self) { try QuizRequest("a \u{301}") }
    }

    @Test func aRequestIsWrittenAsItIsRead() throws {
        for text in ["play anna 5", "play 5", "register anna x", "login anna x", "a", "d"] {
            #expect(try QuizRequest(text).description == text)
        }
    }
}
