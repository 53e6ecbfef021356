/// A request of the arithmetic exercise, and its right answer.
struct Arithmetic: Sendable {
    let left: Double
    let sign: Character
    let right: Double
    /// The request as it is sent.
    let text: String

    init(_ text: String) {
        let parts = text.split(separator: " ")
        self.text = text
        left = Double(parts[0]) ?? 0
        sign = parts[1].first ?? "+"
        right = Double(parts[2]) ?? 0
    }

    var answer: Double { Self.calculate(left, sign, right) }

    /// Whether a number is the answer. A quotient may be rounded, cut or whole.
    func isAnswered(by number: Number) -> Bool {
        let distance = (number.value - answer).magnitude
        if distance <= 1e-6 * max(1, answer.magnitude) { return true }
        return sign == "/" && distance < number.precision
    }

    /// The known mistake whose result this number is.
    func mistake(in number: Number) -> String? {
        let others: [(String, Double)] =
            [("the operands are exchanged", Self.calculate(right, sign, left))]
            + ["+", "-", "*", "/"].filter { $0 != sign }.map {
                ("this is the result of \($0)", Self.calculate(left, $0, right))
            } + [
                (
                    "what stands behind the point is lost",
                    Self.calculate(left.rounded(.towardZero), sign, right.rounded(.towardZero))
                ),
                (
                    "the sign of a number is lost",
                    Self.calculate(left.magnitude, sign, right.magnitude)
                ),
            ]
        return others.first { ($0.1 - number.value).magnitude < 1e-6 }?.0
    }

    private static func calculate(_ left: Double, _ sign: Character, _ right: Double) -> Double {
        switch sign {
        case "+": left + right
        case "-": left - right
        case "*": left * right
        default: left / right
        }
    }

    /// A number somewhere in a text.
    struct Number: Sendable {
        let value: Double
        /// How far a rounded number may be from the right one: 1 for a whole number, 0.1 for `0.7`.
        let precision: Double
        /// Where it ends.
        let end: Int
    }

    /// All numbers in a text, whatever stands around them.
    static func numbers(in bytes: [UInt8]) -> [Number] {
        var numbers: [Number] = []
        var place = 0
        while place < bytes.count {
            guard bytes[place].isDigit else {
                place += 1
                continue
            }
            let isNegative = place > 0 && bytes[place - 1] == UInt8(ascii: "-")
            var end = place
            var decimals = 0.0
            while end < bytes.count, bytes[end].isDigit { end += 1 }
            if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), bytes[end + 1].isDigit {
                let point = end
                end += 1
                while end < bytes.count, bytes[end].isDigit { end += 1 }
                decimals = Double(end - point - 1)
            }
            end = exponentEnd(bytes, end)
            let text = (isNegative ? "-" : "") + String(decoding: bytes[place..<end], as: UTF8.self)
            if let value = Double(text) {
                let precision = (0..<Int(decimals)).reduce(1.0) { size, _ in size / 10 }
                numbers.append(Number(value: value, precision: precision, end: end))
            }
            place = end
        }
        return numbers
    }

    /// The end of `e+01`, if it stands here.
    private static func exponentEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start
        guard end < bytes.count, bytes[end] | 32 == UInt8(ascii: "e") else { return start }
        end += 1
        if end < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[end]) {
            end += 1
        }
        guard end < bytes.count, bytes[end].isDigit else { return start }
        while end < bytes.count, bytes[end].isDigit { end += 1 }
        return end
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (48...57).contains(self) }
}

/// The answers that a client has got already.
struct ArithmeticAnswers: Memory {
    var last: Double?
    var count = 0
}

extension Wanted {
    /// The right number, with any words around it: a greeting, or the request itself.
    static func answer(_ request: Arithmetic, _ play: Play) -> Wanted {
        let last = play[ArithmeticAnswers.self].last
        let hasLines = play[TextForm.self].hasLines
        var wanted = Wanted("\(request.answer)") { bytes, _ in
            let numbers = Arithmetic.numbers(in: bytes)
            guard let number = numbers.first(where: request.isAnswered) else {
                return numbers.last.flatMap(request.mistake) == nil ? .more : .wrong
            }
            if let last, numbers.contains(where: { $0.end < number.end && $0.value == last }) {
                return .wrong
            }
            // Words may follow, up to the end of the line.
            let line = hasLines ? bytes[number.end...].firstIndex(of: 10).map { $0 + 1 } : nil
            return .found(count: line ?? bytes.count, words: "\(request.answer)")
        }
        wanted.explain = { bytes in
            let numbers = Arithmetic.numbers(in: bytes)
            if let last, numbers.contains(where: { $0.value == last }) {
                return "an earlier answer came again"
            }
            return numbers.last.flatMap(request.mistake)
        }
        return wanted
    }
}
