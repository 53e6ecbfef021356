import Protocol

/// A record of the quiz on disk. Every change that a player has been told of has one.
///
/// The state of all players follows from the records in their order.
enum QuizRecord: Equatable, CustomStringConvertible {
    /// A name has got a password.
    case registered(name: String, hash: String)
    /// A game has begun, with these questions in this order.
    case game(name: String, fingerprints: [String])
    /// The question with this number of the name's game, counted from 1, has been answered.
    case answer(name: String, number: Int, isRight: Bool)

    /// Reads a record; nil if the text is none.
    init?(_ text: String) {
        // Split bytes, not characters: a letter such as U+0E33 joins the blank before it.
        let words = text.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        guard words.count >= 3, let name = try? QuizRequest.checkedName(words[1]) else {
            return nil
        }
        switch words[0] {
        case "registered" where words.count == 3:
            self = .registered(name: name, hash: words[2])
        case "game":
            self = .game(name: name, fingerprints: Array(words[2...]))
        case "answer" where words.count == 4 && ["right", "wrong"].contains(words[3]):
            guard let number = Int(words[2]) else { return nil }
            self = .answer(name: name, number: number, isRight: words[3] == "right")
        default: return nil
        }
    }

    /// The name that the record is about.
    var name: String {
        switch self {
        case .registered(let name, _), .game(let name, _), .answer(let name, _, _): name
        }
    }

    /// The record as one line of text.
    var description: String {
        switch self {
        case .registered(let name, let hash): "registered \(name) \(hash)"
        case .game(let name, let fingerprints):
            (["game", name] + fingerprints).joined(separator: " ")
        case .answer(let name, let number, let isRight):
            "answer \(name) \(number) \(isRight ? "right" : "wrong")"
        }
    }
}
