import Protocol

/// Two numbers and an operator.
struct CalculatorTask: Sendable {
    let left: Double
    let sign: UInt8
    let right: Double

    init(_ left: Double, _ sign: Character, _ right: Double) {
        self.left = left
        self.sign = sign.asciiValue ?? 0
        self.right = right
    }

    /// The right result; infinite or no number for a division by zero.
    var result: Double {
        switch Character(Unicode.Scalar(sign)) {
        case "+": left + right
        case "-": left - right
        case "*": left * right
        case "/": left / right
        // Python's remainder has the sign of the divisor.
        case "%": left - (left / right).rounded(.down) * right
        default: 0
        }
    }

    /// `12 + 30`
    var words: String { "\(left.short) \(Character(Unicode.Scalar(sign))) \(right.short)" }
}

extension Double {
    /// `42` for a whole number.
    var short: String { Int(exactly: self).map { "\($0)" } ?? "\(self)" }
}

/// The format of the calculator's requests that a program speaks.
struct CalculatorRequestForm: Finding {
    /// A format of `struct`; the sheet's course names none for text.
    var format = CalculatorLayout.defaultFormat
    /// Requests are text, as in `12 + 30`, with this end; `nil` for binary ones.
    var textEnd: [UInt8]?
    /// Its numbers have no sign.
    var isUnsigned = false

    init() {}
    init(_ format: String) { self.format = format }
    init(textEnd: [UInt8]) { self.textEnd = textEnd }

    /// The formats that classes have chosen, the most frequent one first, then the longest: to a
    /// message that is too long each program answers at once.
    static let all =
        [
            "i i 1s", "d c d", "i i c 3x", "d d c", "!d c d", "!d d c", "<d c d", "i c i", "f c f",
            "c i i",
            "f f c", "!i i c", "!i c i", "<i c i", "!f f c", "!f c f", "<f c f", "!c i i",
            "<c i i",
        ].map { CalculatorRequestForm($0) } + [
            CalculatorRequestForm(textEnd: []), CalculatorRequestForm(textEnd: [10]),
        ]

    var layout: StructLayout? { textEnd == nil ? try? StructLayout(format) : nil }
    /// Numbers may have a part after the point, and are not exact.
    var isFloating: Bool { layout?.fields.contains { $0.kind == .floating } ?? false }
    var size: Int { layout?.size ?? 0 }

    /// The bytes of a request.
    func bytes(_ task: CalculatorTask) -> [UInt8] {
        if let textEnd { return Array(task.words.utf8) + textEnd }
        var numbers = [task.left, task.right]
        let values = layout?.fields.map { field -> StructValue in
            guard field.holdsNumber else { return .bytes([task.sign]) }
            let number = numbers.isEmpty ? 0 : numbers.removeFirst()
            return field.kind == .integer ? .integer(Int128(number)) : .floating(number)
        }
        return values.flatMap { try? layout?.pack($0) } ?? []
    }

    /// For the report: `i i 1s, native`.
    var words: String {
        if let textEnd { return textEnd.isEmpty ? "requests as text" : "requests as lines" }
        let signs = isUnsigned ? format.replacing("i", with: "I") : format
        return switch format.first {
        case "<": "\(signs.dropFirst()), little-endian, without padding"
        case "!": "\(signs.dropFirst()), big-endian, without padding"
        default: "\(signs), native"
        }
    }
}

/// The format of the calculator's replies that a program speaks.
struct CalculatorReplyForm: Finding {
    /// What ends a reply in text; empty if one send is a reply.
    var textEnd: [UInt8] = []
    /// Words stand around the number.
    var isWordy = false
    /// The bytes of a reply that always has the same number of them.
    var size: Int?
    /// The place and the format of the result in a binary reply.
    var field: (offset: Int, code: String)?

    /// Finds the format in which a program told this result; `nil` if it did not.
    static func find(
        _ bytes: [UInt8], of task: CalculatorTask, _ request: CalculatorRequestForm
    ) -> CalculatorReplyForm? {
        var form = CalculatorReplyForm()
        if let (text, end) = split(bytes) {
            form.textEnd = end
            form.size = end.count > 1 && end.allSatisfy { $0 == 0 } ? bytes.count : nil
            form.isWordy = text.contains { !"0123456789.-".utf8.contains($0) }
            return form.isRight(text: text, task, request) ? form : nil
        }
        form.size = bytes.count
        for code in ["<d", "!d", "<i", "!i", "<f", "!f", "<h", "!h"] {
            let count = (try? StructLayout(code).size) ?? 0
            for offset in 0..<max(1, bytes.count - count + 1) {
                form.field = (offset, code)
                if form.value(bytes) == task.result { return form }
            }
        }
        return nil
    }

    /// The format that was given by `--reply`.
    static func given(_ format: String) -> CalculatorReplyForm? {
        guard let layout = try? StructLayout(format),
            let field = layout.fields.first(where: \.holdsNumber)
        else { return nil }
        var form = CalculatorReplyForm()
        form.size = layout.size
        form.field = (field.offset, (field.isBigEndian ? "!" : "<") + String(field.code))
        return form
    }

    /// A text and its end; `nil` for bytes that are no text with a number in it.
    private static func split(_ bytes: [UInt8]) -> (text: [UInt8], end: [UInt8])? {
        var text = bytes
        while let last = text.last, [0, 10, 13].contains(last) { text.removeLast() }
        guard text.allSatisfy({ (32..<127).contains($0) || $0 == 9 }),
            text.contains(where: { (48..<58).contains($0) }), !text.starts(with: "b'".utf8)
        else { return nil }
        return (text, Array(bytes.dropFirst(text.count)))
    }

    /// For the report.
    var words: String {
        if let (offset, code) = field {
            let order = code.hasPrefix("!") ? "big-endian" : "little-endian"
            let place = offset == 0 ? "" : " after \(offset) bytes"
            return "replies with \(size ?? 0) bytes: \(code.dropFirst()), \(order)\(place)"
        }
        if size != nil { return "replies as text in \(size ?? 0) bytes" }
        let ends: [[UInt8]: String] = [[]: "without a line end", [0]: "with a NUL at the end"]
        return "replies as text " + (ends[textEnd] ?? "with a line end")
    }
}

extension CalculatorReplyForm {
    /// The number in a binary reply.
    func value(_ bytes: [UInt8]) -> Double? {
        guard let (offset, code) = field, let layout = try? StructLayout(code),
            bytes.count >= offset + layout.size,
            let value = try? layout.unpack(Array(bytes[offset..<offset + layout.size])).first
        else { return nil }
        switch value {
        case .integer(let whole): return Double(whole)
        case .floating(let number): return number
        default: return nil
        }
    }

    /// Whether a binary reply holds the result, whole or cut where its format needs it.
    func isRight(binary bytes: [UInt8], _ task: CalculatorTask, _ request: CalculatorRequestForm)
        -> Bool
    {
        guard let value = value(bytes), let code = field?.code.last else { return false }
        guard "ih".contains(code) else { return isRight(value, decimals: 15, task, request) }
        // An unsigned number looks the same as a negative one.
        let span = code == "i" ? 4_294_967_296.0 : 65_536
        let distance = abs(value - task.result).truncatingRemainder(dividingBy: span)
        return min(distance, span - distance) < 1
            && (task.result != task.result.rounded() || distance == 0)
    }

    /// Whether the last number of a text is the result.
    func isRight(text: [UInt8], _ task: CalculatorTask, _ request: CalculatorRequestForm) -> Bool {
        // Python's picture of bytes, with an end that other programs take for text.
        guard !text.starts(with: "b'".utf8) else { return false }
        var number = Substring(String(decoding: text, as: UTF8.self))
        while let last = number.last, !last.isNumber { number.removeLast() }
        let digits = number.reversed().prefix { $0.isASCII && $0.isNumber || $0 == "." }
        number = number.suffix(digits.count + 1)
        if number.count > digits.count, number.first != "-" { number = number.dropFirst() }
        guard let value = Double(number) else { return false }
        let point = number.firstIndex(of: ".")
        let decimals = point.map { number.distance(from: $0, to: number.endIndex) - 1 } ?? 0
        return isRight(value, decimals: decimals, task, request)
    }

    /// Whether a number is the result: whole ones exactly, others rounded or cut.
    private func isRight(
        _ value: Double, decimals: Int, _ task: CalculatorTask, _ request: CalculatorRequestForm
    ) -> Bool {
        let wanted = task.result
        var free = 0.0
        if request.isFloating || field?.code.hasSuffix("f") == true { free = abs(wanted) * 1e-6 }
        if wanted != wanted.rounded() {
            free = max(free, abs(wanted) * 1e-6)
            // Cut or rounded in its last place.
            var place = 1.0
            for _ in 0..<decimals { place /= 10 }
            free = max(free, place)
        }
        return abs(value - wanted) <= free
    }
}
