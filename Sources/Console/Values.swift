/// The reason why a text is no value; the argument's name is put before it.
struct ValueError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Reads a whole number in decimal, with a minus at most.
func wholeNumber(_ text: String, in range: ClosedRange<Int>) throws(ValueError) -> Int {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    // Int also reads "+5", which the usage does not promise.
    let isNumber = !digits.isEmpty && digits.allSatisfy(isDigit)
    guard isNumber, let number = Int(text), range.contains(number) else {
        throw ValueError(
            "'\(text)' is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
}

/// The longest wait that a user can choose, in seconds: a longer one would overflow poll(2).
let longestWait = 1_000_000.0

/// Reads seconds in decimal notation: `2`, `0.25`, `.5`.
///
/// - Returns: 0 to 1,000,000.
func seconds(_ text: some StringProtocol) throws(ValueError) -> Double {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    // Double also reads "inf", "nan" and "0x1p3".
    let isDecimal =
        parts.count <= 2 && parts.allSatisfy { $0.allSatisfy(isDigit) }
        && parts.contains { !$0.isEmpty }
    let completed = text.utf8.first == UInt8(ascii: ".") ? "0\(text)" : String(text)
    guard isDecimal, let number = Double(completed), number <= longestWait else {
        throw ValueError("'\(text)' is not a number of seconds from 0 to 1000000")
    }
    return number
}

/// Writes seconds as a person would: `2`, `0.25`.
func decimal(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
