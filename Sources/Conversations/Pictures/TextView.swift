import Protocol

/// Shows events as text, a line an event.
///
/// ```
/// 1  connects
/// 1  → < 51               3c 00 00 00 33 00 00 00
/// 1  client resets after 11 bytes
/// ```
public struct TextView: Sendable {
    /// How many columns the words of a message have.
    private static let wordsWidth = 19
    /// How many bytes, and how many characters of the words, are shown of a long message.
    private static let byteLimit = 16
    private static let wordsLimit = 200

    private let isFull: Bool
    private let showsSegments: Bool
    private let showsTimes: Bool

    /// Makes a view.
    ///
    /// - Parameters:
    ///   - isFull: Shows all of a long message.
    ///   - showsSegments: Shows each `recv` and its number of bytes as well.
    ///   - showsTimes: Begins each line with the seconds since the conversation began.
    public init(isFull: Bool = false, showsSegments: Bool = false, showsTimes: Bool = false) {
        self.isFull = isFull
        self.showsSegments = showsSegments
        self.showsTimes = showsTimes
    }

    /// The line for an event, without its end; `nil` for one that is not shown.
    public func line(for event: Event) -> String? {
        guard let text = text(for: event.kind) else { return nil }
        let time = showsTimes ? "\(event.time.milliseconds)  " : ""
        return "\(event.connection)  \(time)\(text)"
    }

    private func text(for kind: Event.Kind) -> String? {
        switch kind {
        case .connects: "connects"
        case .segment(let side, let count):
            showsSegments ? "\(side.arrow) segment of \(counted(count, "byte"))" : nil
        case .says(let side, let passage, _): "\(side.arrow) \(text(for: passage))"
        case .damaged(let side, let words): "\(side.arrow) \(words)"
        case .arrives: nil
        case .ends(let side, let count): "\(side) ends after \(counted(count, "byte"))"
        case .resets(let side, let count): "\(side) resets after \(counted(count, "byte"))"
        case .fails(let why): why
        }
    }

    private func text(for passage: Passage) -> String {
        var words = passage.text
        if !isFull, words.count > Self.wordsLimit { words = words.prefix(Self.wordsLimit) + "…" }
        let bytes = bytes(of: passage)
        guard !bytes.isEmpty else { return words }
        let blanks = max(Self.wordsWidth - words.count, 2)
        return words + String(repeating: " ", count: blanks) + bytes
    }

    private func bytes(of passage: Passage) -> String {
        let (digits, rest) = passage.digits(first: isFull ? passage.bytes.count : Self.byteLimit)
        return ([digits] + (rest.map { [$0] } ?? [])).joined(separator: " ")
    }
}

extension Passage {
    /// The first bytes for people to read, and how many there are if these are not all:
    /// `3c 00 00 00`, `… 8192 bytes`. A password's are `***`.
    func digits(first limit: Int) -> (digits: String, rest: String?) {
        guard !isSecret else { return ("***", nil) }
        let shown = bytes.prefix(limit)
        let digits = shown.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return (
            digits.joined(separator: " "), count > shown.count ? "… \(count) bytes" : nil
        )
    }
}

extension Duration {
    /// Seconds with three decimals: `0.125`.
    public var milliseconds: String {
        let count = max(
            0, components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
        let (seconds, rest) = count.quotientAndRemainder(dividingBy: 1_000)
        return "\(seconds).\(String(1_000 + rest).dropFirst())"
    }
}
