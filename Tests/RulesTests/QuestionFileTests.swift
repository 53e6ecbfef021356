import Files
import Testing

@testable import quiz_server

/// Question files that a teacher may write, and the errors with their lines.
struct QuestionFileTests {
    private func questions(_ text: String) throws -> [Question] {
        try QuestionFile(Array(text.utf8), from: "q.txt").questions
    }

    @Test func aQuestionIsFiveLines() throws {
        let text = """
            # A comment, and an empty line after it.

            Which? # this belongs to it
             a) one
            *b) two *
            # A comment within.
              c)   three
             d) four) \t

            \t
            Why?\r
            *a)d) because\r
            b)2\r
             * c)3\r
            d)4\r
            """
        let error = #expect(throws: FileError.self) { try questions(text) }
        #expect(
            error?.description
                == "cannot read 'q.txt': line 11: one answer must be marked with *, not 2")
        let good = text.replacing(" * c)3", with: " c)3")
        #expect(
            try questions(good) == [
                Question(
                    "Which? # this belongs to it", answers: ["one", "two *", "three", "four)"],
                    right: 1),
                Question("Why?", answers: ["d) because", "2", "3", "4"], right: 0),
            ])
    }

    @Test func aStarMayStandApart() throws {
        let text = "Q?\na) 1\n * b) 2\nc) 3\nd) 4"
        #expect(try questions(text).first?.right == 1)
        #expect(try questions(text + "\n\n\n").count == 1)
    }

    @Test(arguments: [
        ("", "no questions in it"),
        ("# nothing\n\n", "no questions in it"),
        ("a) one\n", "line 1: this answer has no question before it"),
        ("*c) one\n", "line 1: this answer has no question before it"),
        ("Q?", "line 1: answer a) is missing after this line"),
        ("Q?\na) 1\n*b) 2\n\n", "line 3: answer c) is missing after this line"),
        ("Q?\na) 1\nc) 2\n", "line 3: answer b) must stand here"),
        ("Q?\nor\na) 1\n", "line 2: answer a) must stand here"),
        ("Q?\nA) 1\n", "line 2: answer a) must stand here"),
        ("Q?\na) \n", "line 2: the answer is empty"),
        (
            "Q?\na) 1\n*b) 2\nc) 3\nd) 4\ne) 5",
            "line 6: an empty line must stand between two questions"
        ),
        (
            "Q?\na) 1\n*b) 2\nc) 3\nd) 4\nQ2?",
            "line 6: an empty line must stand between two questions"
        ),
        ("\nQ?\na) 1\nb) 2\nc) 3\nd) 4", "line 2: one answer must be marked with *, not 0"),
        ("Q?\na) 1\n*b) 2\nc) 3\n*d) 4", "line 1: one answer must be marked with *, not 2"),
        ("\nQ?\na) 1\n*b) 2\nc)  2\nd) 4", "line 2: two of the answers are the same"),
        ("Q?\na) \u{1B}[2J\n", "line 2: there is a control character"),
        ("\u{202E}Q?\n", "line 1: there is a control character"),
        (
            "Q?\na) 1\n*b) 2\nc) 3\nd) 4\n\nQ?\n a) 1\n*b) 2\n c) 3\n d) 4\n",
            "line 7: the same question stands in line 1"
        ),
    ])
    func anErrorNamesItsLine(text: String, problem: String) {
        let error = #expect(throws: FileError.self) { try questions(text) }
        #expect(error?.description == "cannot read 'q.txt': \(problem)")
    }

    @Test func bytesThatAreNoTextAreAnError() throws {
        let error = #expect(throws: FileError.self) {
            try QuestionFile([0x51, 0x0A, 0xFF, 0x0A], from: "q.txt")
        }
        #expect(error?.description == "cannot read 'q.txt': line 2: not UTF-8")
        let longest = String(repeating: "x", count: 4_000)
        #expect(try questions("\(longest)\na) 1\n*b) 2\nc) 3\nd) 4").first?.text == longest)
        let long = #expect(throws: FileError.self) { try questions(longest + "x") }
        #expect(long?.reason == "line 1: a line has at most 4000 bytes")
    }

    @Test func aFingerprintIsOfTheWordingAndTheRightAnswer() {
        // FNV-1a with 64 bits of "Which?\none\ntwo\nthree\nfour\nb", by a few lines of Python.
        let answers = ["one", "two", "three", "four"]
        let question = Question("Which?", answers: answers, right: 1)
        #expect(question.fingerprint == "67e287e5d24f8f73")
        #expect(Question("Which?", answers: answers, right: 2).fingerprint != question.fingerprint)
        #expect(Question("Which", answers: answers, right: 1).fingerprint != question.fingerprint)
    }

    @Test func aQuestionIsAskedInFiveLines() {
        let question = Question("Which?", answers: ["one", "two", "three", "four"], right: 1)
        #expect(
            question.lines(number: 3, of: 30)
                == ["question 3/30 Which?", "a) one", "b) two", "c) three", "d) four"])
    }
}

/// The 30 questions that ship with the server.
struct ShippedQuestionsTests {
    @Test func theyAreThirtyAndEveryLetterHasItsTurn() throws {
        let file = try QuestionFile(
            quiz_server.PackageResources.questions_txt, from: "questions.txt")
        #expect(file.questions.count == 30)
        for right in 0..<4 { #expect(file.questions.count { $0.right == right } >= 5) }
        for question in file.questions {
            #expect(Set(question.answers).count == 4)
            #expect(question.text.last == "?")
            #expect(question.lines(number: 30, of: 30).allSatisfy { $0.utf8.count <= 120 })
        }
    }
}
