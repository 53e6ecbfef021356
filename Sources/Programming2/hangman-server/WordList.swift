import Files
import Protocol

/// The words to be guessed, from a text file with one on each line.
struct WordList {
    /// The words, in small letters, in the order of the file; at least one.
    let words: [String]

    /// Reads a list. Blank lines and those that begin with `#` are passed over.
    ///
    /// - Parameter path: Where the bytes come from, for the error.
    /// - Throws: `FileError` for a line that is no word, or a file without one.
    init(_ bytes: [UInt8], from path: String) throws(FileError) {
        let file = try TextFile(bytes, named: path)
        var words: [String] = []
        for (number, line) in zip(1..., file.lines) {
            let text = String(line.utf8Trimmed)
            if text.isEmpty || text.utf8.first == UInt8(ascii: "#") { continue }
            guard let word = Self.word(text) else {
                throw file.error(inLine: number, "'\(text.escaped)' \(Self.rule)")
            }
            words.append(word)
        }
        guard !words.isEmpty else { throw file.error("no words in it") }
        self.words = words
    }

    /// What a word must be, to finish a sentence that begins with one that is not.
    static let rule =
        "is not a word of 1 to \(HangmanMessage.longestWord) letters from a to z"

    /// Gives a word in small letters, or `nil` if the text is no word.
    static func word(_ text: String) -> String? {
        letters(of: text).flatMap { $0.count <= HangmanMessage.longestWord ? $0 : nil }
    }

    /// Gives the text in small letters, or `nil` if something else is in it, or nothing at all.
    static func letters(of text: String) -> String? {
        let isWord = text.utf8.allSatisfy { byte in
            // The bit that tells small ASCII letters from capitals.
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        return isWord && !text.isEmpty ? text.lowercased() : nil
    }
}
