/// A message of the hangman server. A player sends only `start`, and then letters.
///
/// Source: Programming 2, Networking with Python, Task 5.2.
public enum HangmanMessage: Sendable, Equatable, CustomStringConvertible {
    /// The most letters of a word.
    public static let longestWord = 64

    /// A game begins; the word has this many letters.
    case length(Int)
    /// The letter stands at these places, counted from 1.
    case found(at: [Int])
    /// The letter is not in the word.
    case missed(left: Int)
    /// The letter was tried before; that costs nothing.
    case again(String)
    /// The game is over.
    case end(won: Bool, word: String)
    /// The message was no guess; that costs nothing.
    case error(String)

    /// The line as it is sent.
    public var description: String {
        switch self {
        case .length(let length): "length \(length)"
        case .found(let places): "at \(places.map(String.init).joined(separator: ","))"
        case .missed(let left): "none \(left)"
        case .again(let letter): "again \(letter)"
        case .end(let won, let word): "end \(won ? "won" : "lost") \(word)"
        case .error(let problem): "error: \(problem)"
        }
    }

    /// Reads a line.
    ///
    /// - Throws: `ProtocolError` if no hangman server sends such a line.
    public init(_ line: String) throws(ProtocolError) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        switch (words[0], words.count) {
        case ("length", 2): self = .length(try Self.number(words[1], from: 1, in: line))
        case ("at", 2):
            var places: [Int] = []
            for place in words[1].split(separator: ",", omittingEmptySubsequences: false) {
                places.append(try Self.number(place, from: 1, in: line))
            }
            self = .found(at: places)
        case ("none", 2): self = .missed(left: try Self.number(words[1], from: 0, in: line))
        case ("again", 2): self = .again(words[1])
        case ("end", 3) where words[1] == "won" || words[1] == "lost":
            self = .end(won: words[1] == "won", word: words[2])
        case ("error:", 2...): self = .error(words.dropFirst().joined(separator: " "))
        default: throw Self.unknown(line)
        }
    }

    private static func number(
        _ text: some StringProtocol, from least: Int, in line: String
    ) throws(ProtocolError) -> Int {
        guard let number = Int(text), (least...longestWord).contains(number) else {
            throw unknown(line)
        }
        return number
    }

    private static func unknown(_ line: String) -> ProtocolError {
        ProtocolError("'\(line.escaped)' is no message of a hangman server")
    }
}
