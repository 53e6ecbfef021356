/// A number of the calculator, as exact as its field.
public enum Operand: Sendable, Equatable, CustomStringConvertible {
    /// A whole number.
    case integer(Int128)
    /// A number of an `f` or `d` field.
    case floating(Double)

    public var description: String {
        switch self {
        case .integer(let integer): "\(integer)"
        case .floating(let floating): "\(floating)"
        }
    }

    var value: StructValue {
        switch self {
        case .integer(let integer): .integer(integer)
        case .floating(let floating): .floating(floating)
        }
    }
}

/// A client's request, as in `12 + 30`.
public struct CalculationRequest: Sendable, Equatable, CustomStringConvertible {
    /// The number before the operator.
    public let left: Operand
    /// The number after the operator.
    public let right: Operand
    /// The operator's byte, one of `+ - * / %` or anything else that a client sends.
    public let `operator`: UInt8

    /// Makes the request to calculate `left` `operator` `right`.
    public init(_ left: Operand, _ operator: UInt8, _ right: Operand) {
        self.left = left
        self.operator = `operator`
        self.right = right
    }

    public var description: String {
        "\(left) \(String(Unicode.Scalar(`operator`)).escaped) \(right)"
    }
}

/// A reply of the server.
public enum CalculatorReply: Sendable, Equatable, CustomStringConvertible {
    /// The result in decimal, or an error such as `err: zero`.
    case text(String)
    /// The result in a field.
    case number(Operand)

    public var description: String {
        switch self {
        case .text(let text): text.escaped
        case .number(let number): number.description
        }
    }
}

/// A message and its bytes. It is packed before it is sent, for a number may not fit its field.
public struct Packed<Content: Sendable & CustomStringConvertible>:
    Sendable, CustomStringConvertible
{
    /// The meaning of the bytes.
    public let content: Content
    /// The bytes to send.
    public let bytes: [UInt8]

    public var description: String { content.description }
}

extension Packed<CalculatorReply> {
    /// Packs a reply in text, a newline at its end.
    public static func text(_ text: String) -> Self {
        Self(content: .text(text), bytes: Array(text.utf8) + [UInt8(ascii: "\n")])
    }
}

/// The binary request of the calculator: two numbers and the operator's character.
///
/// Source: Telecommunications Network, Practice 4, Exercise II.
public struct CalculatorLayout: Sendable {
    /// Native, nine bytes; for numbers not below zero the same as `I I 1s`.
    public static let defaultFormat = "i i 1s"

    let layout: StructLayout
    let left: StructLayout.Field
    let right: StructLayout.Field
    let `operator`: StructLayout.Field

    /// Finds the first two numbers and the first character in a format, in any order.
    ///
    /// - Throws: `StructLayoutError` for a format that is wrong or lacks one of the three.
    public init(_ format: String = CalculatorLayout.defaultFormat) throws(StructLayoutError) {
        layout = try StructLayout(format)
        let numbers = layout.fields.lazy.filter(\.holdsNumber).prefix(2)
        guard numbers.count == 2, let left = numbers.first, let right = numbers.last,
            let character = layout.fields.first(where: \.holdsCharacter)
        else {
            throw StructLayoutError(
                "layout '\(format.escaped)' does not suit a calculator, which needs two numbers "
                    + "and one c (or 1s), like '\(Self.defaultFormat)'")
        }
        self.left = left
        self.right = right
        self.operator = character
    }

    /// Packs a request.
    ///
    /// - Throws: `StructLayoutError` if a number does not fit its field.
    public func pack(
        _ request: CalculationRequest
    ) throws(StructLayoutError) -> Packed<CalculationRequest> {
        var bytes = [UInt8](repeating: 0, count: layout.size)
        try layout.write(request.left.value, as: left, into: &bytes)
        try layout.write(request.right.value, as: right, into: &bytes)
        self.operator.write(byte: request.operator, into: &bytes, at: 0)
        return Packed(content: request, bytes: bytes)
    }
}

/// A binary reply of the calculator: the first number is the result.
public struct CalculatorReplyLayout: Sendable {
    let layout: StructLayout
    let result: StructLayout.Field

    /// Whether the result is an integer here, so that a fraction is cut off.
    public var isInteger: Bool { result.kind == .integer }

    /// Finds the first number in a format, as in `i`, `i i c` or `f f 1s`.
    ///
    /// - Throws: `StructLayoutError` for a format that is wrong or has no number.
    public init(_ format: String) throws(StructLayoutError) {
        layout = try StructLayout(format)
        guard let result = layout.fields.first(where: \.holdsNumber) else {
            throw StructLayoutError(
                "layout '\(format.escaped)' has no number for the result; 'i' has one")
        }
        self.result = result
    }

    /// Packs a result, truncated toward zero for an integer field; all other fields are zero.
    ///
    /// - Throws: `StructLayoutError` if it does not fit.
    public func pack(_ number: Operand) throws(StructLayoutError) -> Packed<CalculatorReply> {
        var whole = number
        if result.kind == .integer, case .floating(let floating) = number {
            // No field is wider than UInt64, and these conversions truncate.
            guard floating >= -0x1p63, floating < 0x1p64 else {
                throw StructLayoutError("\(floating) does not fit '\(result.code)'")
            }
            let integer = floating < 0 ? Int128(Int64(floating)) : Int128(UInt64(floating))
            whole = .integer(integer)
        }
        var bytes = [UInt8](repeating: 0, count: layout.size)
        try layout.write(whole.value, as: result, into: &bytes)
        return Packed(content: .number(whole), bytes: bytes)
    }
}

extension StructLayout.Field {
    /// Reads a number in a message at the front of `input`.
    func operand(in input: borrowing ByteQueue) -> Operand {
        kind == .integer ? .integer(integer(in: input)) : .floating(floating(in: input))
    }
}
