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
    /// How often the whole part is still to be doubled: a `Double` reaches 2 to the 1,023rd.
    private let doublings: Int

    /// Makes a number from its parts.
    ///
    /// - Parameters:
    ///   - numerator: Below `denominator`.
    ///   - denominator: 1 to 2 to the 90th, so that eight decimals of it fit too.
    init(
        isNegative: Bool, whole: UInt128, numerator: UInt128 = 0, denominator: UInt128 = 1,
        doublings: Int = 0
    ) {
        self.isNegative = isNegative
        self.whole = whole
        self.numerator = numerator
        self.denominator = denominator
        self.doublings = doublings
    }

    /// Makes a whole number.
    init(_ integer: Int128) { self.init(isNegative: integer < 0, whole: integer.magnitude) }

    /// Makes the number that a finite `Double` is.
    init(_ double: Double) {
        let magnitude = double.magnitude
        let isNegative = double < 0
        if magnitude >= 0x1p64 {
            // The last bit of the significand, which has 53, counts 2 to the (exponent - 52).
            let exponent = Int(magnitude.exponent)
            self.init(
                isNegative: isNegative, whole: UInt128(magnitude.significand * 0x1p52),
                doublings: exponent - 52)
        } else {
            let whole = magnitude.rounded(.towardZero)
            // Exact: both parts have the same bits as before. Below 2 to the -80th, where the
            // product is cut, nothing is left after eight decimals.
            let numerator = UInt128((magnitude - whole) * 0x1p80)
            self.init(
                isNegative: isNegative, whole: UInt128(whole), numerator: numerator,
                denominator: 1 << 80)
        }
    }

    /// The number without its fraction; `nil` if it is far beyond any field.
    var truncated: Int128? {
        guard doublings == 0, whole <= UInt128(Int128.max) else { return nil }
        return isNegative ? -Int128(whole) : Int128(whole)
    }

    /// The nearest number with 53 bits, or one beside it.
    var double: Double {
        let fraction = Double(numerator) / Double(denominator)
        let magnitude =
            (Double(whole) + fraction) * Double(sign: .plus, exponent: doublings, significand: 1)
        return isNegative ? -magnitude : magnitude
    }

    /// The number in decimal: a whole one with all its digits, another with as many decimals as
    /// there is room for, rounded half to even.
    var text: String {
        guard numerator > 0 else { return sign(isZero: whole == 0) + wholeDigits }
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

    private var wholeDigits: String {
        guard doublings > 0 else { return String(whole) }
        var digits = String(whole).utf8.reversed().map { $0 - UInt8(ascii: "0") }
        for _ in 0..<doublings {
            var carry: UInt8 = 0
            for index in digits.indices {
                let doubled = digits[index] * 2 + carry
                digits[index] = doubled % 10
                carry = doubled / 10
            }
            if carry > 0 { digits.append(carry) }
        }
        return String(decoding: digits.reversed().map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    }

    /// The decimals with their point and without zeros at the end, or nothing.
    private static func point(_ fraction: UInt128, of decimals: Int) -> String {
        guard fraction > 0 else { return "" }
        let digits = String(fraction)
        let padded = String(repeating: "0", count: decimals - digits.utf8.count) + digits
        return "." + String(padded.reversed().drop { $0 == "0" }.reversed())
    }
}
