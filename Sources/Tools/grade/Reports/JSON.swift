/// A value of JSON, to be written: fields stay in the order in which they are given.
///
/// Source: RFC 8259.
indirect enum JSON: Sendable {
    case null
    case bool(Bool)
    case number(UInt64)
    case text(String)
    case array([JSON])
    case object([(String, JSON)])

    static func number(_ number: Int) -> JSON { .number(UInt64(max(0, number))) }
    static func texts(_ texts: [String]) -> JSON { .array(texts.map(JSON.text)) }
    /// The text, or null.
    static func optional(_ text: String?) -> JSON { text.map(JSON.text) ?? .null }

    /// The value in one line.
    var line: String {
        var written = ""
        write(to: &written)
        return written
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let number): text += "\(number)"
        case .text(let value): Self.write(value, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let fields):
            text += "{"
            for (index, (name, value)) in fields.enumerated() {
                if index > 0 { text += "," }
                Self.write(name, to: &text)
                text += ":"
                value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case _ where scalar.needsEscape:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension Unicode.Scalar {
    /// Whether JSON forbids it as it stands, or it would harm whoever looks at the file.
    fileprivate var needsEscape: Bool {
        switch value {
        case 0...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
