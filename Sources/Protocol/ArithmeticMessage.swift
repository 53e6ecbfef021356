/// A request to the arithmetic server: two numbers and an operator.
///
/// Client and server read the same form, so that the client warns of a line that the server would
/// refuse.
///
/// Source: CS 212, Lab 2, question 6.
public struct ArithmeticRequest: Sendable, Equatable {
    /// The four operators.
    public enum Operator: String, Sendable {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
    }

    /// The message that ends the session.
    public static let end = "q"

    /// The form of a request, for an error message after a word like "send".
    public static let form = "<number> <+ - * /> <number>, as in 12 + 42"

    /// The number before the operator; infinite if it has too many digits for a `Double`.
    public let left: Double
    /// The operator between the numbers.
    public let `operator`: Operator
    /// The number behind the operator; infinite if it has too many digits for a `Double`.
    public let right: Double

    /// Makes a request of its parts.
    public init(_ left: Double, _ operator: Operator, _ right: Double) {
        self.left = left
        self.operator = `operator`
        self.right = right
    }

    /// Reads a request: number, operator and number, with blanks or tabs between.
    ///
    /// - Returns: `nil` for any other form, and for a request that is too long to send.
    public init?(_ text: String) {
        let parts = text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard text.utf8.count <= LineFraming.defaultLimit, parts.count == 3,
            let left = Self.number(parts[0]), let sign = Operator(rawValue: String(parts[1]) ?? ""),
            let right = Self.number(parts[2])
        else { return nil }
        self.init(left, sign, right)
    }

    /// Reads a number like `12`, `3.24` or `-6`: digits on both sides of a point, if there is one.
    private static func number(_ text: Substring.UTF8View) -> Double? {
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // Double also reads "inf", "nan", "1e3" and "0x1p3".
        let isDecimal =
            parts.count <= 2
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }
        return isDecimal ? Double(Substring(text)) : nil
    }
}

extension NameRule {
    /// The rule of the arithmetic server: any printable text, for it is only printed before the
    /// requests.
    public static let arithmetic = NameRule(
        without: "", called: "", limit: LineFraming.defaultLimit)
}
