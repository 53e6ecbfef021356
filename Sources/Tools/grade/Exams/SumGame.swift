import Protocol

/// The name that the judge's users have. It has no blank, since a blank may part name and number.
let sumName = "Alice"

/// The way in which a program puts a name and a number into a message.
struct SumForm: Finding {
    /// `name` and `number` stand for the two; a bar in `parts` parts two messages.
    var layout = "name,number"
    /// Name and number are messages of their own.
    var isTwoMessages = false

    init() {}

    init(layout: String, isTwoMessages: Bool = false) {
        self.layout = layout
        self.isTwoMessages = isTwoMessages
    }

    /// The forms that classes have chosen.
    static let candidates =
        ["name,number", "name;number", "name number", "name|number", "name:number"]
        .map { SumForm(layout: $0) }
        + [
            SumForm(layout: json), SumForm(layout: "name\nnumber"),
            SumForm(layout: "name\nnumber", isTwoMessages: true),
        ]

    /// An object with the number under all the keys that are likely.
    private static let json =
        "{\"name\": \"name\", \"number\": number, \"value\": number, \"num\": number, "
        + "\"integer\": number, \"int\": number, \"n\": number}"

    var words: String {
        if isTwoMessages { return "name and number are two messages" }
        if layout == Self.json { return "JSON" }
        return layout == "name\nnumber" ? "name and number on two lines" : layout
    }

    /// The messages for a name and a number.
    func texts(name: String, number: Int) -> [String] {
        let parts = isTwoMessages ? layout.split(separator: "\n").map(String.init) : [layout]
        return parts.map { part in
            part.replacing(": \"name\"", with: ": \"\(name)\"")
                .replacing(": number", with: ": \(number)")
                .plain(name, number)
        }
    }
}

extension String {
    /// Outside JSON, every `name` and `number` is replaced.
    fileprivate func plain(_ name: String, _ number: Int) -> String {
        hasPrefix("{")
            ? self
            : replacing("number", with: "\(number)").replacing("name", with: name)
    }

    /// The whole numbers in a text.
    var wholeNumbers: [Int] {
        var numbers: [Int] = []
        var digits = ""
        var isNegative = false
        for character in self + " " {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            if let number = Int(digits) { numbers.append(isNegative ? -number : number) }
            digits = ""
            isNegative = character == "-"
        }
        return numbers
    }
}

/// What the server has replied, and to which numbers.
struct SumReplies: Memory {
    struct Reply: Sendable {
        let theirs: Int
        let name: String
        /// The numbers in the reply; one of them is the server's.
        let numbers: [Int]
    }

    var all: [Reply] = []

    mutating func note(_ bytes: [UInt8], to number: Int) {
        let text = String(decoding: bytes, as: UTF8.self)
        all.append(Reply(theirs: number, name: text.nameOfReply, numbers: text.wholeNumbers))
    }
}

extension String {
    /// The longest run of letters, blanks and dots that is no key of JSON.
    fileprivate var nameOfReply: String {
        let parts = split(separator: "\"", omittingEmptySubsequences: false)
        let values = parts.indices.filter { index in
            index + 1 == parts.count || parts[index + 1].first { $0 != " " } != ":"
        }
        let runs = values.flatMap { index in
            parts[index].split { !($0.isLetter || " .'".contains($0)) }
        }
        let names = runs.map { $0.drop { $0 == " " } }
        let longest = names.max { $0.count < $1.count } ?? ""
        return String(longest.reversed().drop { $0 == " " }.reversed())
    }
}

extension Wanted {
    /// A name and a number, in any form.
    static let sumReply = Wanted("the server's name and its number") { bytes, _ in
        let text = String(decoding: bytes, as: UTF8.self)
        let hasName = text.contains(where: \.isLetter)
        guard !text.wholeNumbers.isEmpty else { return .more }
        // A name may follow its number.
        return hasName ? .found(count: bytes.count, words: "\"\(text.escaped)\"") : .more
    }
}
