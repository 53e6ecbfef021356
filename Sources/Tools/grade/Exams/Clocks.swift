import CSystem
import Console

/// The times at which an answer can have been written: each second since the question.
struct TimeSpan: Sendable {
    let start: Int

    /// Begins now.
    init() { start = WallClock().now }

    /// A `strftime` format at each of these seconds, in Greenwich as `TZ` tells the programs.
    func texts(_ format: String) -> [String] {
        var texts: [String] = []
        for second in start...max(start, WallClock().now) {
            let text = Self.text(format, second)
            if texts.last != text { texts.append(text) }
        }
        return texts
    }

    fileprivate static func text(_ format: String, _ second: Int) -> String {
        var moment = tm()
        var seconds = time_t(second)
        guard gmtime_r(&seconds, &moment) != nil else { return "" }
        var bytes = [CChar](repeating: 0, count: 1_024)
        let count = strftime(&bytes, bytes.count, format, &moment)
        return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension Wanted {
    /// The time in a format, at any second since the question. The line end is free.
    ///
    /// - Parameter isFar: The server has a clock and a zone of its own: digits may be any.
    static func time(_ format: String, since span: TimeSpan, isFar: Bool) -> Wanted {
        let words = "the time as \(format)"
        var wanted = Wanted(words) { bytes, _ in
            // The replies to two questions may come together, each on a line.
            let count = bytes.firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
            var text = String(decoding: bytes.prefix(count), as: UTF8.self)
            while let last = text.last, ["\r\n", "\n", "\r", "\0"].contains(last) {
                text.removeLast()
            }
            let right = span.texts(format)
            if right.contains(text) || isFar && right.contains(where: { text.hasShape(of: $0) }) {
                return .found(count: count, words: words)
            }
            let isBeginning = right.contains { isFar || Array($0.utf8).starts(with: bytes) }
            return isBeginning ? .more : .wrong
        }
        wanted.mistakes = [Mistake("the format itself came back", Array(format.utf8))]
        for (hours, words) in [(1, "one hour ahead"), (-1, "one hour behind")] {
            let text = span.texts(format, hours: hours).last ?? ""
            wanted.mistakes.append(Mistake("the clock is \(words)", Array(text.utf8)))
        }
        return wanted
    }
}

extension TimeSpan {
    /// The same by a clock that is so many hours ahead.
    fileprivate func texts(_ format: String, hours: Int) -> [String] {
        [Self.text(format, start + 3_600 * hours)]
    }
}

extension String {
    /// Whether digits stand at the same places, and letters somewhere.
    fileprivate func hasShape(of other: String) -> Bool {
        let shape = { (text: String) in text.map { $0.isNumber ? "0" : $0.isLetter ? "a" : $0 } }
        let (one, two) = (shape(self), shape(other))
        return one == two || one.contains("a") && two.contains("a")
    }
}
