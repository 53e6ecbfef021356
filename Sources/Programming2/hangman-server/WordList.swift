import Files
import Protocol

/// The words to be guessed, from a text file with one on each line.
struct WordList {
    /// The words, in small letters, in the order of the file; at least one.
    let words: [String]

    /// Reads a list. Blank lines, and lines that begin with `#`, are skipped.
    ///
    /// - Parameter path: The file's name, for the error.
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

    /// The rule for words: the end of an error message that begins with a wrong word.
    static let rule =
        "is not a word of 1 to \(HangmanMessage.longestWord) letters from a to z"

    /// Returns a word in small letters, or `nil` if the text is no word.
    static func word(_ text: String) -> String? {
        letters(of: text).flatMap { $0.count <= HangmanMessage.longestWord ? $0 : nil }
    }

    /// Returns the text in small letters, or `nil` if it is empty or holds anything but letters.
    static func letters(of text: String) -> String? {
        let isWord = text.utf8.allSatisfy { byte in
            // The bit that tells small ASCII letters from capitals.
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        return isWord && !text.isEmpty ? text.lowercased() : nil
    }
}
