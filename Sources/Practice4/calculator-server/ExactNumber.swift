/// A number without any rounding: a whole part and a fraction.
///
/// So the reply can be rounded once, at the end, and a result of any length shown digit by digit.
struct ExactNumber: Equatable {
    /// How many characters a reply has room for: the course's sample client reads 10 bytes, and
    /// one is the line end.
    private static let room = 9

    private let isNegative: Bool
    private let whole: UInt128
    /// The fraction, below 1.
    private let numerator: UInt128
    private let denominator: UInt128

    /// Makes a number from its parts.
    ///
    /// - Parameters:
    ///   - numerator: Below `denominator`.
    ///   - denominator: 1 to 2 to the 90th, so that eight decimals of it fit too.
    init(
        isNegative: Bool, whole: UInt128, numerator: UInt128 = 0, denominator: UInt128 = 1
    ) {
        self.isNegative = isNegative
        self.whole = whole
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Makes a whole number.
    init(_ integer: Int128) { self.init(isNegative: integer < 0, whole: integer.magnitude) }

    /// Makes the number that a `Double` below 2 to the 53rd is, as far as eight decimals show it.
    init(_ double: Double) {
        let magnitude = double.magnitude
        let whole = magnitude.rounded(.towardZero)
        // Exact but for what is below 2 to the -80th, of which eight decimals show nothing.
        let numerator = UInt128((magnitude - whole) * 0x1p80)
        self.init(
            isNegative: double < 0, whole: UInt128(whole), numerator: numerator,
            denominator: 1 << 80)
    }

    /// The number without its fraction; `nil` if it is far beyond any field.
    var truncated: Int128? {
        guard whole <= UInt128(Int128.max) else { return nil }
        return isNegative ? -Int128(whole) : Int128(whole)
    }

    /// The nearest `Double` to a whole number, or to a quotient of two numbers below 2 to the 65th.
    var double: Double {
        let dividend = whole * denominator + numerator
        // At least 64 binary digits of the quotient, the last of which is 1 if anything is left
        // beyond it: enough to round to a Double's 53 as the whole quotient would be.
        let shift = dividend.leadingZeroBitCount
        guard shift < 128 else { return isNegative ? -0.0 : 0 }
        let (digits, rest) = (dividend << shift).quotientAndRemainder(dividingBy: denominator)
        // Rounded here and only here: a power of two changes no digit.
        let rounded = Double(rest == 0 ? digits : digits | 1)
        let magnitude = rounded * Double(sign: .plus, exponent: -shift, significand: 1)
        return isNegative ? -magnitude : magnitude
    }

    /// The number in decimal: a whole one with all its digits, another with as many decimals as
    /// there is room for, rounded half to even.
    var text: String {
        guard numerator > 0 else { return sign(isZero: whole == 0) + String(whole) }
        let used = (isNegative ? 1 : 0) + String(whole).utf8.count + 1
        let decimals = max(0, Self.room - used)
        let scale = (0..<decimals).reduce(into: UInt128(1)) { scale, _ in scale *= 10 }
        let (digits, rest) = (numerator * scale).quotientAndRemainder(dividingBy: denominator)
        var scaled = whole * scale + digits
        let isHalf = rest * 2 == denominator
        if rest * 2 > denominator || isHalf && scaled % 2 == 1 { scaled += 1 }
        let (rounded, fraction) = scaled.quotientAndRemainder(dividingBy: scale)
        return sign(isZero: scaled == 0) + String(rounded) + Self.point(fraction, of: decimals)
    }

    private func sign(isZero: Bool) -> String { isNegative && !isZero ? "-" : "" }

    /// The decimals with their point and without zeros at the end, or nothing.
    private static func point(_ fraction: UInt128, of decimals: Int) -> String {
        guard fraction > 0 else { return "" }
        let digits = String(fraction)
        let padded = String(repeating: "0", count: decimals - digits.utf8.count) + digits
        return "." + String(padded.reversed().drop { $0 == "0" }.reversed())
    }
}
