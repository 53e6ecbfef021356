import Console

extension Calculation {
    /// The most characters of a reply: the course's sample client reads 10 bytes, and one is the
    /// line end.
    private static let room = 9

    /// The reply as text: whole results of whole numbers with all their digits, others with as many
    /// decimals as fit.
    var text: String {
        switch self {
        case .whole(let number): String(number)
        case .product(let number): String(number)
        case .quotient(let left, let right): Self.text(of: left, by: right)
        case .floating(let number) where number.magnitude >= 0x1p53: generalNotation(number)
        case .floating(let number): Self.text(of: number)
        case .divisionByZero: "err: zero"
        case .unknownOperator: "err: op"
        case .tooBig: "err: big"
        }
    }

    private static func text(of number: Double) -> String {
        let whole = fixedNotation(number.rounded(.towardZero), decimals: 0)
        return withoutZeros(fixedNotation(number, decimals: decimals(after: whole)))
    }

    /// A quotient is rounded only here, half to even.
    private static func text(of left: Int128, by right: Int128) -> String {
        let sign = (left < 0) == (right < 0) ? "" : "-"
        let decimals = decimals(after: sign + String(left.magnitude / right.magnitude))
        let scale = (0..<decimals).reduce(1 as UInt128) { scale, _ in scale * 10 }
        let (digits, rest) = (left.magnitude * scale).quotientAndRemainder(
            dividingBy: right.magnitude)
        let isHalf = rest * 2 == right.magnitude
        let isUp = isHalf ? digits % 2 == 1 : rest * 2 > right.magnitude
        let rounded = digits + (isUp ? 1 : 0)
        guard decimals > 0 else { return sign + String(rounded) }
        // It has at most nine digits, and a Double keeps them.
        let number = Double(rounded) / Double(scale)
        return withoutZeros(sign + fixedNotation(number, decimals: decimals))
    }

    private static func decimals(after whole: String) -> Int {
        max(0, room - whole.utf8.count - 1)
    }

    /// Drops zeros after the point, and the minus of a zero.
    private static func withoutZeros(_ text: String) -> String {
        var text = text
        while text.contains("."), let last = text.last, last == "0" || last == "." {
            text.removeLast()
        }
        return text == "-0" ? "0" : text
    }
}
