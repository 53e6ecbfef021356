/// A right answer: how to know it, how to show it, and which wrong ones are known.
struct Wanted: Sendable {
    /// What the bytes so far are.
    enum Match: Sendable, Equatable {
        /// The beginning of a right answer.
        case more
        /// A right answer of so many bytes; `words` say what it is.
        case found(count: Int, words: String)
        /// No right answer, whatever follows.
        case wrong
    }

    /// The answer for people to read.
    let words: String
    /// The bytes of an answer; `nil` stands for a byte that may be anything.
    var pattern: [UInt8?] = []
    /// Known wrong answers, and the mistake that leads to each.
    var mistakes: [Mistake] = []
    /// The fact that a wrong answer shows, where it is no other way to encode the right one.
    var explain: @Sendable (_ bytes: [UInt8]) -> String? = { _ in nil }
    /// Looks at the bytes so far; `hasEnded` says that no more will come.
    let match: @Sendable (_ bytes: [UInt8], _ hasEnded: Bool) -> Match

    init(
        _ words: String, pattern: [UInt8?] = [], mistakes: [Mistake] = [],
        match: @escaping @Sendable (_ bytes: [UInt8], _ hasEnded: Bool) -> Match
    ) {
        self.words = words
        self.pattern = pattern
        self.mistakes = mistakes
        self.match = match
    }

    /// Exactly these bytes.
    static func bytes(_ right: [UInt8], _ words: String, mistakes: [Mistake] = []) -> Wanted {
        Wanted(words, pattern: right, mistakes: mistakes) { bytes, _ in
            if bytes.starts(with: right) { return .found(count: right.count, words: words) }
            return right.starts(with: bytes) ? .more : .wrong
        }
    }

    /// One of these texts. The line end is free: none, `\n` or `\r\n`, and a NUL from C.
    static func text(_ right: String..., words: String? = nil) -> Wanted {
        .text(right, words: words)
    }

    static func text(_ right: [String], words: String? = nil) -> Wanted {
        let shown = words ?? right.first.map { "\"\($0)\"" } ?? ""
        let first = Array((right.first ?? "").utf8)
        return Wanted(shown, pattern: first, mistakes: Mistake.of(text: first)) { bytes, _ in
            for text in right {
                let text = Array(text.utf8)
                let rest = bytes.dropFirst(text.count)
                if bytes.starts(with: text), rest.allSatisfy({ [0, 10, 13].contains($0) }) {
                    return .found(count: bytes.count, words: shown)
                }
            }
            return right.contains { Array($0.utf8).starts(with: bytes) } ? .more : .wrong
        }
    }
}

/// A wrong way to encode an answer that students are known to take.
struct Mistake: Sendable {
    /// The fact: `the bytes are in the other order`.
    let cause: String
    let bytes: [UInt8]

    init(_ cause: String, _ bytes: [UInt8]) {
        self.cause = cause
        self.bytes = bytes
    }

    /// The known wrong ways to send a text.
    static func of(text: [UInt8]) -> [Mistake] {
        [
            Mistake("Python's b'…' was sent: str() of bytes", Array("b'".utf8) + text + [39]),
            Mistake("the answer was sent twice, glued", text + text),
            Mistake("a NUL stands before the text", [0] + text),
        ]
    }
}

extension [UInt8] {
    /// The bytes in hex, as in `3c 00`.
    var hex: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}

extension [UInt8?] {
    /// The bytes in hex, with dots for those that are free.
    var hex: String {
        map { byte in byte.map { [$0].hex } ?? ".." }.joined(separator: " ")
    }
}
