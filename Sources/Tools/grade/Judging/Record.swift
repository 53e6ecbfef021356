import Conversations
import Protocol

/// Everything that has happened in one play, in its order.
struct Record: Sendable {
    /// One event, as the text, the ladder and the JSON show it.
    struct Entry: Sendable {
        enum Kind: Sendable, Equatable {
            case connects
            /// A message of this side.
            case says(Side)
            case ends(Side)
            case resets(Side)
            /// What happens beside the connections: `the program prints "Hello"`.
            case note
        }

        let kind: Kind
        /// The name of the client whose connection it is: `A`; empty for a note.
        let who: String
        let words: String
        /// The first bytes of the message, as many as are kept.
        let bytes: [UInt8]
        /// How many bytes the message has.
        let count: Int

        /// What happened, without the name.
        var does: String {
            switch kind {
            case .connects: "connects"
            case .says(let side): "\(side.arrow) \(words)"
            case .ends(let side): side == .client ? "ends" : "← the stream ends"
            case .resets(let side): side == .client ? "resets" : "← reset"
            case .note: words
            }
        }
    }

    /// An entry and its number, which counts those that are left out, too.
    struct Line: Sendable {
        let number: Int
        let entry: Entry
    }

    private(set) var entries: [Entry] = []
    /// How many entries were left out after the limit, in the middle.
    private(set) var leftOut = 0

    /// More than people read; a case with a thousand clients has many more.
    static let limit = 400
    /// How many bytes of a message are kept.
    static let keptBytes = 1_024

    /// What is kept, with numbers.
    var lines: [Line] {
        entries.enumerated().map { index, entry in
            let isBehindGap = leftOut > 0 && index >= Self.limit / 2
            return Line(number: index + 1 + (isBehindGap ? leftOut : 0), entry: entry)
        }
    }

    mutating func add(
        _ kind: Entry.Kind, _ who: String = "", _ words: String = "", _ bytes: [UInt8] = []
    ) {
        guard entries.count < Self.limit else {
            leftOut += 1
            // The last ones matter, since the last one failed.
            entries.remove(at: Self.limit / 2)
            return append(kind, who, words, bytes)
        }
        append(kind, who, words, bytes)
    }

    private mutating func append(
        _ kind: Entry.Kind, _ who: String, _ words: String, _ bytes: [UInt8]
    ) {
        entries.append(
            Entry(
                kind: kind, who: who, words: words, bytes: Array(bytes.prefix(Self.keptBytes)),
                count: bytes.count))
    }
}
