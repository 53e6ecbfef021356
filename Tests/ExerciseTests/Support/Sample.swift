import Testing

/// A text as the argument of a test. A failure shows only the beginning of a long text, with
/// control characters escaped.
struct Sample: CustomTestStringConvertible, ExpressibleByStringLiteral, Sendable {
    let text: String

    init(stringLiteral text: String) {
        self.text = text
    }

    init(_ text: String, times count: Int) {
        self.text = String(repeating: text, count: count)
    }

    var testDescription: String {
        guard text.count > 80 else { return text.debugDescription }
        return "\(String(text.prefix(10)).debugDescription)… (\(text.utf8.count) bytes)"
    }
}
