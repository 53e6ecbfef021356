import Protocol

/// A question of the quiz with its four answers, one of which is right.
struct Question: Equatable, Sendable {
    /// The most bytes of a question, and of each answer: with its number it must fit in a message.
    static let limit = 4_000

    let text: String
    /// Four, a) to d).
    let answers: [String]
    /// The place of the right answer.
    let right: Int

    /// Stands for the question on disk. It depends on the wording, and not on the place in the
    /// file.
    let fingerprint: String

    init(_ text: String, answers: [String], right: Int) {
        self.text = text
        self.answers = answers
        self.right = right
        let content = ([text] + answers + [QuizRequest.letters[right]]).joined(separator: "\n")
        fingerprint = Self.fingerprint(of: content)
    }

    /// The lines to send.
    func lines(number: Int, of count: Int) -> [String] {
        ["question \(number)/\(count) \(text)"]
            + zip(QuizRequest.letters, answers).map { "\($0)) \($1)" }
    }

    /// FNV-1a with 64 bits, in 16 hexadecimal digits.
    private static func fingerprint(of content: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in content.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
