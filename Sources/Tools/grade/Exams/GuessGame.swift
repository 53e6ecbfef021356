import Protocol

/// The format of the guessing game's messages that a program speaks.
struct GuessForm: Finding {
    var format = GuessLayout.defaultFormat

    /// The formats that classes have chosen, the sheet's first. A strict one must give the right
    /// answers, since two byte orders have the same size.
    static let candidates = [
        ("c i", false), ("<c i", true), ("!c i", true), ("<c i", false),
    ]

    /// `c i, native`.
    var words: String {
        switch format.first {
        case "<": "\(format.dropFirst()), little-endian, without padding"
        case "!", ">": "\(format.dropFirst()), big-endian, without padding"
        default: "\(format), native"
        }
    }

    private var layout: StructLayout? { try? StructLayout(format) }
    var size: Int { layout?.size ?? 0 }

    /// A message of a character and a number.
    func bytes(_ letter: UInt8, _ number: Int) -> [UInt8] {
        let values = layout?.fields.map { field -> StructValue in
            field.kind == .integer ? .integer(Int128(number)) : .bytes([letter])
        }
        return values.flatMap { try? layout?.pack($0) } ?? []
    }

    /// The character and the number of a message of `size` bytes.
    func values(_ bytes: [UInt8]) -> (letter: UInt8, number: Int)? {
        guard let values = try? layout?.unpack(Array(bytes.prefix(size))) else { return nil }
        var letter: UInt8?
        var number = 0
        for value in values {
            switch value {
            case .integer(let integer): number = Int(integer)
            case .bytes(let bytes): letter = letter ?? bytes.first
            default: break
            }
        }
        return letter.map { ($0, number) }
    }
}

/// The hidden numbers that fit everything which was said so far.
struct GuessKnowledge: Memory {
    var possible = Set(1...100)
    /// Whether a client has been told that it has won.
    var isWon = false

    /// The number in the middle of those that are left.
    var middle: Int {
        let sorted = possible.sorted()
        return sorted.isEmpty ? 50 : sorted[sorted.count / 2]
    }

    /// The answers that leave at least one number.
    func right(for question: GuessQuestion) -> [GuessAnswer] {
        [.yes, .no, .won, .out].filter { !numbers(after: $0, to: question).isEmpty }
    }

    /// The numbers that are left if this is the answer.
    func numbers(after answer: GuessAnswer, to question: GuessQuestion) -> Set<Int> {
        possible.filter { number in
            switch (question.comparison, answer) {
            case (.smaller, .yes): number < question.number
            case (.smaller, .no): number >= question.number
            case (.greater, .yes): number > question.number
            case (.greater, .no): number <= question.number
            case (.equal, .won): number == question.number
            case (.equal, .out): number != question.number
            default: false
            }
        }
    }
}

extension Play {
    /// The right answers to a question, after everything that was said.
    func wanted(_ question: GuessQuestion) -> Wanted {
        let form = self[GuessForm.self]
        let right = self[GuessKnowledge.self].right(for: question)
        return Wanted.guess(right, form)
    }

    /// Takes an answer for true: the numbers that do not fit it are out.
    func learn(_ answer: [UInt8], to question: GuessQuestion) {
        guard let (letter, _) = self[GuessForm.self].values(answer),
            let answer = GuessAnswer(rawValue: letter)
        else { return }
        let left = self[GuessKnowledge.self].numbers(after: answer, to: question)
        self[GuessKnowledge.self].possible = left
        if answer == .won { self[GuessKnowledge.self].isWon = true }
    }
}

extension Wanted {
    /// One of these answers of the guessing game; its number may be anything.
    static func guess(_ right: [GuessAnswer], _ form: GuessForm) -> Wanted {
        let words = right.map(\.description).joined(separator: " or ")
        let first = right.first ?? .ended
        let bytes = form.bytes(first.rawValue, 0)
        let place = bytes.firstIndex(of: first.rawValue) ?? 0
        var pattern = [UInt8?](repeating: nil, count: bytes.count)
        if right.count == 1 { pattern[place] = first.rawValue }
        let mistakes = right.flatMap { Mistake.of($0, form) }
        return Wanted(words, pattern: pattern, mistakes: mistakes) { bytes, _ in
            guard bytes.count >= form.size else { return .more }
            guard let (letter, _) = form.values(bytes),
                let answer = GuessAnswer(rawValue: letter), right.contains(answer)
            else { return .wrong }
            return .found(count: form.size, words: answer.description)
        }
    }
}

extension Mistake {
    /// The known wrong ways to send an answer of the guessing game.
    static func of(_ answer: GuessAnswer, _ form: GuessForm) -> [Mistake] {
        let letter = answer.rawValue
        let text = Array(answer.description.utf8)
        return [
            Mistake(
                "the letter alone was sent, without the number's four bytes and the padding: "
                    + "1 of \(form.size) bytes", [letter]),
            Mistake("text for binary: the answer's words", text),
            Mistake("text for binary: the answer's words and a line end", text + [10]),
            Mistake("the padding is missing: 5 of \(form.size) bytes", [letter, 0, 0, 0, 0]),
            Mistake("Python's b'…' was sent: str() of bytes", Array("b'".utf8) + [letter, 39]),
        ]
    }
}
