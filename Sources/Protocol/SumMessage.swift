/// The number of a sum message, of any length.
public enum SumNumber: Sendable, Equatable, CustomStringConvertible {
    /// An integer.
    case integer(Int)
    /// An integer too long for `Int`, so it is outside 1 to 100.
    case tooLong(LongInteger)
    /// No integer.
    case missing

    /// Reads a number: any number of digits, perhaps with a sign before them.
    public init(_ text: some StringProtocol) {
        let isSigned = text.utf8.first == UInt8(ascii: "+") || text.utf8.first == UInt8(ascii: "-")
        let digits = text.utf8.dropFirst(isSigned ? 1 : 0)
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            self = .missing
            return
        }
        self = Int(text).map(Self.integer) ?? .tooLong(LongInteger(String(text)))
    }

    /// Adds two numbers; without one of them there is no sum.
    public static func + (one: SumNumber, other: SumNumber) -> SumNumber {
        guard let one = one.long, let other = other.long else { return .missing }
        return SumNumber("\(one + other)")
    }

    /// The number in digits; an empty text if there is none.
    public var description: String { long?.description ?? "" }

    private var long: LongInteger? {
        switch self {
        case .integer(let number): LongInteger("\(number)")
        case .tooLong(let number): number
        case .missing: nil
        }
    }
}

/// A name and a number with a separator between, as in `Alice,42`.
///
/// Source: Redes de Computadores, Lab 2, Assignment 2, which leaves the form to the student. So the
/// separator is the last of `, ; : |`, with the blanks around it; if there is none, blanks; if
/// there are none either, a newline. A reply uses the same characters.
public struct SumMessage: Sendable, Equatable {
    /// The name before the separator.
    public let name: String
    /// The separator, letter for letter.
    public let separator: String
    /// The number of the other side.
    public let number: SumNumber

    /// Makes a message from its parts.
    public init(name: String, separator: String, number: SumNumber) {
        self.name = name
        self.separator = separator
        self.number = number
    }

    /// Makes a message from two lines, a name and a number.
    public init(name: String, numberLine: String) {
        self.init(
            name: name, separator: "\n", number: SumNumber(numberLine.utf8Trimmed))
    }

    /// Reads a whole message, on one line or on two.
    public init(text: String) {
        let lines = text.utf8.split(
            separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let first = lines.first ?? Substring().utf8
        let line = first.last == UInt8(ascii: "\r") ? first.dropLast() : first
        switch SumLine(String(Substring(line))) {
        case .message(let message): self = message
        case .name(let name) where lines.count > 1:
            self.init(name: name, numberLine: String(Substring(lines[1])))
        case .name(let name): self.init(name: name, separator: "", number: .missing)
        }
    }
}

/// The meaning of the first line of a sum message.
public enum SumLine: Sendable, Equatable {
    /// Only a name; the number is the next line.
    case name(String)
    /// A name and a number, or another text in the number's place.
    case message(SumMessage)

    /// Reads a first line.
    public init(_ line: String) {
        let text = line.utf8Trimmed
        if let mark = text.utf8.lastIndex(where: { $0.isSeparator }) {
            self = .message(Self.split(text, around: mark..<text.utf8.index(after: mark)))
        } else if let blank = text.utf8.lastIndex(where: { $0.isBlank }) {
            // `Anna Maria` is a name; only a number after the blank makes it a message.
            let message = Self.split(text, around: blank..<blank)
            self = message.number == .missing ? .name(String(text)) : .message(message)
        } else {
            self = .name(String(text))
        }
    }

    /// Splits `text` at `separator`, and adds the blanks on both sides to the separator.
    private static func split(
        _ text: Substring, around separator: Range<String.Index>
    ) -> SumMessage {
        // Look at bytes, not characters: a mark that combines with a comma would hide the comma.
        let name = text.utf8[..<separator.lowerBound]
        let number = text.utf8[separator.upperBound...]
        let nameEnd = name.lastIndex { !$0.isBlank }.map(name.index(after:)) ?? name.startIndex
        let numberStart = number.firstIndex { !$0.isBlank } ?? number.endIndex
        return SumMessage(
            name: String(Substring(name[..<nameEnd])),
            separator: String(Substring(text.utf8[nameEnd..<numberStart])),
            number: SumNumber(Substring(number[numberStart...])))
    }
}

extension UInt8 {
    fileprivate var isSeparator: Bool {
        self == 0x2C || self == 0x3B || self == 0x3A || self == 0x7C
    }
}
