/// A request of a player to the quiz.
///
/// Source: Programming 2, Task 5.1 and its bonus tasks.
public enum QuizRequest: Sendable, Equatable, CustomStringConvertible {
    /// Begins a game of `count` questions, or goes on with the unfinished one. Without a name it
    /// uses the connection's name. `count` is nil if the word is no number.
    case play(name: String?, count: Int?)
    /// Registers a name with a password.
    case register(name: String, password: String)
    /// Proves with the password that a registered name is the player's own.
    case login(name: String, password: String)
    /// Answers the question: 0 is a), 3 is d).
    case answer(Int)

    /// The letters of the answers, in their order.
    public static let letters = ["a", "b", "c", "d"]

    /// Reads a message.
    ///
    /// - Throws: `ProtocolError` that names the right form. It repeats nothing of the message, for
    ///   there may be a password in it.
    public init(_ text: String) throws(ProtocolError) {
        let words = Self.words(in: text)
        switch (words.first, words.count) {
        case ("play", 1):
            self = .play(name: nil, count: nil)
        case ("play", 2):
            self = .play(name: nil, count: Self.count(words[1]))
        case ("play", 3):
            self = .play(name: try Self.checkedName(words[1]), count: Self.count(words[2]))
        case ("play", _):
            throw ProtocolError("send play <name> <n>, or play <n> after login")
        case ("register", 3), ("login", 3):
            let name = try Self.checkedName(words[1])
            let password = try Self.checkedPassword(words[2])
            self =
                words[0] == "login"
                ? .login(name: name, password: password)
                : .register(name: name, password: password)
        case ("register", _), ("login", _):
            throw ProtocolError("send \(words[0]) <name> <password>, neither with blanks in it")
        case (let word?, 1):
            guard let letter = Self.letters.firstIndex(of: word.lowercased()) else { fallthrough }
            self = .answer(letter)
        default:
            throw ProtocolError("send play <name> <n>, register or login <name> <password>")
        }
    }

    /// The message to send.
    public var description: String {
        switch self {
        case .play(let name, let count):
            (["play"] + [name, count.map(String.init) ?? "?"].compactMap { $0 })
                .joined(separator: " ")
        case .register(let name, let password): "register \(name) \(password)"
        case .login(let name, let password): "login \(name) \(password)"
        case .answer(let letter): Self.letters[letter]
        }
    }

    /// Returns the name if it is good: 1 to 32 letters, digits, `-` and `_`.
    public static func checkedName(_ name: String) throws(ProtocolError) -> String {
        let scalars = name.unicodeScalars
        guard (1...32).contains(scalars.count), scalars.allSatisfy(\.isInName) else {
            throw ProtocolError("a name is 1 to 32 letters, digits, - or _")
        }
        return name
    }

    /// Returns the password if it is good: 1 to 128 characters without blanks.
    public static func checkedPassword(_ password: String) throws(ProtocolError) -> String {
        guard (1...128).contains(password.unicodeScalars.count),
            !password.utf8.contains(where: \.isBlank)
        else { throw ProtocolError("a password is 1 to 128 characters without blanks") }
        return password
    }

    /// Takes a message apart at blanks and tabs.
    ///
    /// It looks at bytes, not characters: a mark that combines with a blank would hide the blank.
    static func words(in text: String) -> [String] {
        text.utf8.split(whereSeparator: \.isBlank).map { String(Substring($0)) }
    }

    private static func count(_ text: String) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            ? Int(text) : nil
    }
}

extension Unicode.Scalar {
    fileprivate var isInName: Bool {
        switch self {
        case "-", "_", "0"..."9": true
        default:
            switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter,
                .otherLetter:
                true
            default: false
            }
        }
    }
}
