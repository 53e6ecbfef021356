import Conversations

/// An object in JSON, written member by member in one line.
///
/// Source: RFC 8259.
struct JSONText {
    private(set) var text = "{"

    /// The whole object.
    var object: String { text + "}" }

    mutating func add(_ name: String, _ number: Int) { add(name, json: "\(number)") }
    mutating func add(_ name: String, _ truth: Bool) { if truth { add(name, json: "true") } }
    mutating func add(_ name: String, _ words: String?) {
        if let words { add(name, json: Self.quoted(words)) }
    }
    mutating func add(_ name: String, _ objects: [JSONText]) {
        guard !objects.isEmpty else { return }
        add(name, json: "[\(objects.map(\.object).joined(separator: ","))]")
    }

    private mutating func add(_ name: String, json: String) {
        text += "\(text.utf8.count == 1 ? "" : ",")\"\(name)\":\(json)"
    }

    /// The text with its quotes; only ASCII control characters, quotes, backslashes and the two
    /// line ends that JavaScript alone knows are written otherwise than they are.
    private static func quoted(_ words: String) -> String {
        var text = "\""
        for scalar in words.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case _ where scalar.value < 0x20 || scalar == "\u{2028}" || scalar == "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

extension Event {
    /// How many characters of the words are sent, and how many bytes of a message.
    private static let wordsLimit = 4_200
    private static let byteLimit = 1_024

    /// Whether the event is a message, or bytes that are none.
    var isMessage: Bool { if case .says = kind { true } else { false } }

    /// The event for the live page.
    ///
    /// - Parameter message: How many messages there have been, this one included.
    func json(message: Int) -> String {
        var json = JSONText()
        json.add("connection", connection)
        json.add("time", Int(time / .milliseconds(1)))
        switch kind {
        case .connects: json.add("kind", "connects")
        case .segment(let side, let count):
            json.add("kind", "segment")
            json.add("side", side.rawValue)
            json.add("count", count)
        case .says(let side, let passage, _):
            json.add("kind", "says")
            json.add("side", side.rawValue)
            json.add("message", message)
            passage.write(into: &json, Self.wordsLimit, Self.byteLimit)
        case .damaged(let side, let words):
            json.add("kind", "damaged")
            json.add("side", side.rawValue)
            json.add("words", words)
        case .arrives: json.add("kind", "arrives")
        case .ends(let side, let count):
            json.add("kind", "ends")
            json.add("side", side.rawValue)
            json.add("count", count)
        case .resets(let side, let count):
            json.add("kind", "resets")
            json.add("side", side.rawValue)
            json.add("count", count)
        case .fails(let why):
            json.add("kind", "fails")
            json.add("words", why)
        }
        return json.object
    }
}

extension Passage {
    /// Adds the message; of a password neither bytes nor fields.
    fileprivate func write(into json: inout JSONText, _ wordsLimit: Int, _ byteLimit: Int) {
        let shown = words.prefix(wordsLimit)
        json.add("words", shown.endIndex == words.endIndex ? words : shown + "…")
        json.add("fault", fault)
        json.add("part", isPart)
        json.add("count", count)
        json.add("secret", isSecret)
        guard !isSecret else { return }
        json.add("bytes", hexadecimal(bytes.prefix(byteLimit)))
        json.add(
            "fields",
            fields.filter { $0.range.upperBound <= byteLimit || $0.range.lowerBound == 0 }.map {
                var field = JSONText()
                field.add("name", $0.name)
                field.add("from", $0.range.lowerBound)
                field.add("to", $0.range.upperBound)
                field.add("value", $0.value(in: bytes))
                return field
            })
    }

    private func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
