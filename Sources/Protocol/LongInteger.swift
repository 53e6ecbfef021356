/// An integer of any length; it is added as on paper.
public struct LongInteger: Sendable, Equatable, CustomStringConvertible {
    /// The digits, the last one first. The leading digit is not 0; the number 0 has no digits.
    private var digits: [Int8]
    private var isNegative: Bool

    /// Reads digits, perhaps with a sign before them; skips all other characters.
    public init(_ text: String) {
        digits = text.utf8.reversed().filter { (0x30...0x39).contains($0) }.map { Int8($0 - 0x30) }
        isNegative = text.utf8.first == UInt8(ascii: "-")
        dropZeros()
    }

    /// The digits, with a minus if the number is below 0.
    public var description: String {
        let shown = digits.isEmpty ? "0" : digits.reversed().map(String.init).joined()
        return isNegative ? "-" + shown : shown
    }

    /// Adds two integers.
    static func + (one: LongInteger, other: LongInteger) -> LongInteger {
        var (sum, smaller) = one.isShorter(than: other) ? (other, one) : (one, other)
        let sign: Int8 = sum.isNegative == smaller.isNegative ? 1 : -1
        var carry: Int8 = 0
        for place in sum.digits.indices {
            let digit = place < smaller.digits.count ? smaller.digits[place] : 0
            let value = sum.digits[place] + sign * digit + carry
            carry = value > 9 ? 1 : value < 0 ? -1 : 0
            sum.digits[place] = value - 10 * carry
        }
        if carry > 0 { sum.digits.append(carry) }
        sum.dropZeros()
        return sum
    }

    /// Whether this number is nearer to 0.
    private func isShorter(than other: LongInteger) -> Bool {
        digits.count == other.digits.count
            ? digits.reversed().lexicographicallyPrecedes(other.digits.reversed())
            : digits.count < other.digits.count
    }

    private mutating func dropZeros() {
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { isNegative = false }
    }
}
