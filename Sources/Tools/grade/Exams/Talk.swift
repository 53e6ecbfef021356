/// What was said in a room, by the judge's members, and which of them has heard it already.
///
/// Each text is said only once, so that a text tells which one it is.
struct Talk: Memory {
    struct Saying: Sendable {
        let number: Int
        let speaker: String
        let text: String
    }

    /// Nobody may hear its own texts. Only one case asks for it.
    var tellsOwn = false
    private(set) var sayings: [Saying] = []
    /// The texts that were taken from each member's connection.
    private var heard: [String: Set<Int>] = [:]

    /// Makes the next text of a member.
    mutating func say(_ client: String, _ text: String? = nil) -> Saying {
        let saying = Saying(
            number: sayings.count, speaker: client,
            text: text ?? "This is text \(sayings.count + 1).")
        sayings.append(saying)
        return saying
    }

    mutating func note(_ saying: Saying, heardBy client: String) {
        heard[client, default: []].insert(saying.number)
    }

    /// What is wrong with the bytes before this text: the listener's own, one that was heard before,
    /// or a later one of the same speaker stands there.
    func fault(in bytes: some Sequence<UInt8>, before saying: Saying, at client: String) -> String?
    {
        let bytes = Array(bytes)
        let twice = heard[client] ?? []
        let standing = { (isWanted: (Saying) -> Bool) in
            sayings.contains { isWanted($0) && bytes.contains(text: $0.text) }
        }
        if tellsOwn, standing({ $0.speaker == client }) {
            return "the sender got its own message, too"
        }
        if standing({ twice.contains($0.number) }) { return "an earlier message came twice" }
        return standing { $0.speaker == saying.speaker && $0.number > saying.number }
            ? "a later message of the same sender came first" : nil
    }

    /// The names that the judge's clients give.
    static func name(_ client: String) -> String {
        names[client] ?? client.filter { $0 != " " }
    }

    private static let names = [
        "A": "Anna", "B": "Ben", "C": "Cleo", "D": "Dora", "J": "Joseph", "M": "Max", "N": "Nora",
        "L": "AbcdefghijklmnopqrstuvwxyzAbcdef", "Z": "Zoe",
    ]
}

extension [UInt8] {
    func contains(text: String) -> Bool { !firstPlaces(of: text).isEmpty }

    /// Where a text stands first; empty if it does not.
    func firstPlaces(of text: String) -> Range<Int> { firstRange(of: Array(text.utf8)) ?? 0..<0 }

    /// Whether a text stands here in another case of letters.
    func containsLike(_ text: String) -> Bool {
        String(decoding: self, as: UTF8.self).lowercased().contains(text.lowercased())
    }
}

extension Mistake {
    /// The known wrong ways to pass a text on.
    static func of(passedOn right: String, text: String) -> [Mistake] {
        let latin = String(decoding: Array(text.utf8).latin, as: UTF8.self)
        let forms = [
            ("Python's b'…' was sent: str() of bytes", right.replacing(text, with: "b'\(text)'")),
            ("Python's b'…' was sent: str() of bytes", "b'\(right)'"),
            ("UTF-8 was taken for Latin-1", right.replacing(text, with: latin)),
            ("the blanks are lost", right.replacing(text, with: text.filter { $0 != " " })),
        ]
        return forms.filter { $0.1 != right }.flatMap { cause, text in
            ["", "\n", "\r\n", "\0"].map { Mistake(cause, Array((text + $0).utf8)) }
        }
    }
}

extension [UInt8] {
    /// These bytes as Latin-1, encoded in UTF-8.
    fileprivate var latin: [UInt8] { flatMap { Array(String(UnicodeScalar($0)).utf8) } }
}
