import Files
import Protocol

/// Reads the text that a teacher writes: five lines a question, a `*` before the right answer.
struct QuestionFile {
    /// The questions in the file's order; at least one, no two the same.
    private(set) var questions: [Question] = []

    private let file: TextFile
    private var block: [(number: Int, text: String)] = []
    private var firstLines: [String: Int] = [:]

    /// Reads `bytes`.
    ///
    /// - Parameter path: The file's name, for errors.
    /// - Throws: `FileError` with the number of the wrong line.
    init(_ bytes: [UInt8], from path: String) throws(FileError) {
        file = try TextFile(bytes, named: path)
        for (number, line) in zip(1..., file.lines) {
            guard line.escaped == line else {
                throw file.error(inLine: number, "there is a control character")
            }
            guard line.utf8.count <= Question.limit else {
                throw file.error(inLine: number, "a line has at most \(Question.limit) bytes")
            }
            let text = String(line.utf8Trimmed)
            if text.isEmpty {
                try finishBlock()
            } else if text.utf8.first != UInt8(ascii: "#") {
                try add(text, at: number)
            }
        }
        try finishBlock()
        guard !questions.isEmpty else { throw file.error("no questions in it") }
    }

    private mutating func add(_ text: String, at number: Int) throws(FileError) {
        switch block.count {
        case 0:
            guard Self.answer(in: text) == nil else {
                throw file.error(inLine: number, "this answer has no question before it")
            }
        case 1...4:
            let letter = QuizRequest.letters[block.count - 1]
            guard let answer = Self.answer(in: text), answer.letter == letter else {
                throw file.error(inLine: number, "answer \(letter)) must stand here")
            }
            guard !answer.text.isEmpty else {
                throw file.error(inLine: number, "the answer is empty")
            }
        default:
            throw file.error(
                inLine: number, "an empty line must stand between two questions")
        }
        block.append((number, text))
    }

    private mutating func finishBlock() throws(FileError) {
        guard let first = block.first, let last = block.last else { return }
        guard block.count == 5 else {
            let letter = QuizRequest.letters[block.count - 1]
            throw file.error(inLine: last.number, "answer \(letter)) is missing after this line")
        }
        let answers = block.dropFirst().compactMap { Self.answer(in: $0.text) }
        guard Set(answers.map(\.text)).count == answers.count else {
            throw file.error(inLine: first.number, "two of the answers are the same")
        }
        let right = answers.indices.filter { answers[$0].isRight }
        guard right.count == 1 else {
            throw file.error(
                inLine: first.number, "one answer must be marked with *, not \(right.count)")
        }
        let question = Question(first.text, answers: answers.map(\.text), right: right[0])
        if let other = firstLines.updateValue(first.number, forKey: question.fingerprint) {
            throw file.error(inLine: first.number, "the same question stands in line \(other)")
        }
        questions.append(question)
        block = []
    }

    /// Takes a line like `*b) text` apart; nil if it is no such line.
    private static func answer(in line: String) -> (letter: String, text: String, isRight: Bool)? {
        let isRight = line.first == "*"
        let rest = isRight ? String(line.dropFirst().utf8Trimmed) : line
        guard let letter = QuizRequest.letters.first(where: { rest.hasPrefix("\($0))") }) else {
            return nil
        }
        return (letter, String(rest.dropFirst(2).utf8Trimmed), isRight)
    }
}
