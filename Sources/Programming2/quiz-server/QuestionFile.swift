import Protocol

/// Tells where a file of questions cannot be understood: `questions.txt:12: answer c) is missing`.
struct QuestionFileError: Error, Equatable, CustomStringConvertible {
    let description: String
}

/// Reads the text that a teacher writes: five lines a question, a `*` before the right answer.
struct QuestionFile {
    /// The questions in the file's order; at least one, no two the same.
    private(set) var questions: [Question] = []

    private let name: String
    private var block: [(number: Int, text: String)] = []
    private var firstLines: [String: Int] = [:]

    /// Reads `bytes`.
    ///
    /// - Parameter name: What errors call the file.
    /// - Throws: `QuestionFileError` that names the line at fault.
    init(_ bytes: [UInt8], named name: String) throws(QuestionFileError) {
        self.name = name
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let text = try text(of: line, at: number)
            if text.isEmpty {
                try finishBlock()
            } else if text.first != "#" {
                try add(text, at: number)
            }
        }
        try finishBlock()
        guard !questions.isEmpty else { throw error(number, "there is no question") }
    }

    private func text(
        of line: ArraySlice<UInt8>, at number: Int
    ) throws(QuestionFileError) -> String {
        let bytes = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error(number, "the line is not UTF-8")
        }
        guard text.escaped == text else { throw error(number, "there is a control character") }
        guard text.utf8.count <= Question.limit else {
            throw error(number, "a line has at most \(Question.limit) bytes")
        }
        return text.trimmed
    }

    private mutating func add(_ text: String, at number: Int) throws(QuestionFileError) {
        switch block.count {
        case 0:
            guard Self.answer(in: text) == nil else {
                throw error(number, "this answer has no question before it")
            }
        case 1...4:
            let letter = QuizRequest.letters[block.count - 1]
            guard let answer = Self.answer(in: text), answer.letter == letter else {
                throw error(number, "answer \(letter)) must stand here")
            }
            guard !answer.text.isEmpty else { throw error(number, "the answer is empty") }
        default:
            throw error(number, "an empty line must stand between two questions")
        }
        block.append((number, text))
    }

    private mutating func finishBlock() throws(QuestionFileError) {
        guard let first = block.first, let last = block.last else { return }
        guard block.count == 5 else {
            let letter = QuizRequest.letters[block.count - 1]
            throw error(last.number, "answer \(letter)) is missing after this line")
        }
        let answers = block.dropFirst().compactMap { Self.answer(in: $0.text) }
        let right = answers.indices.filter { answers[$0].isRight }
        guard right.count == 1 else {
            throw error(first.number, "one answer must be marked with *, not \(right.count)")
        }
        let question = Question(first.text, answers: answers.map(\.text), right: right[0])
        if let other = firstLines.updateValue(first.number, forKey: question.fingerprint) {
            throw error(first.number, "the same question stands in line \(other)")
        }
        questions.append(question)
        block = []
    }

    /// Takes a line like `*b) text` apart; nil if it is none.
    private static func answer(in line: String) -> (letter: String, text: String, isRight: Bool)? {
        let isRight = line.first == "*"
        let rest = isRight ? String(line.dropFirst()).trimmed : line
        guard let letter = QuizRequest.letters.first(where: { rest.hasPrefix("\($0))") }) else {
            return nil
        }
        return (letter, String(rest.dropFirst(2)).trimmed, isRight)
    }

    private func error(_ line: Int, _ problem: String) -> QuestionFileError {
        QuestionFileError(description: "\(name):\(line): \(problem)")
    }
}

extension String {
    /// The text without blanks at its ends.
    fileprivate var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let last = lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(self[...last].drop(while: isBlank))
    }
}
