import Sockets

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

    /// The texts that may not stand before this one: those that were heard before, and later ones
    /// of the same speaker.
    func misplaced(before saying: Saying, at client: String) -> (twice: [Saying], early: [Saying]) {
        let twice = heard[client] ?? []
        return (
            sayings.filter { twice.contains($0.number) },
            sayings.filter { $0.speaker == saying.speaker && $0.number > saying.number }
        )
    }

    /// The texts of the client itself.
    func own(_ client: String) -> [Saying] { sayings.filter { $0.speaker == client } }

    /// The names that the judge's clients give.
    static func name(_ client: String) -> String {
        names[client] ?? client.filter { $0 != " " }
    }

    private static let names = [
        "A": "Anna", "B": "Ben", "C": "Cleo", "D": "Dora", "J": "Joseph", "M": "Max", "N": "Nora",
        "L": "AbcdefghijklmnopqrstuvwxyzAbcdef", "Z": "Zoe",
    ]
}

extension Step {
    /// A member says more than the system keeps for one that does not read.
    static func saysMuch(_ client: String) -> Step {
        Step("\(client) says much that M never reads") { play throws(Miss) in
            // A server that takes its time over each text has kept nobody waiting until then.
            let end = Instant.now + play.patience * 10
            for number in 1...800 where .now < end {
                let last = "end of text \(number)."
                let text = play.contest.said(String(repeating: "x", count: 900) + last)
                try play.send(play[TextForm.self].bytes(text), "a long text", on: client)
                let wanted = Wanted("a long text") { bytes, _ in
                    guard let place = bytes.firstRange(of: Array(last.utf8)) else { return .more }
                    return .found(count: place.upperBound, words: "a long text")
                }
                try play.receive(wanted, on: "Z")
            }
        }
    }
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
