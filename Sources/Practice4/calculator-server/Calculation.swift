import Protocol

/// The result of a request.
enum Calculation: Equatable {
    /// A whole result of whole numbers.
    case whole(Int128)
    /// The product of two 64-bit numbers, if it is too long for `Int128`. It is not negative.
    case product(UInt128)
    /// A result of whole numbers that is not whole: the two numbers.
    case quotient(Int128, by: Int128)
    /// A finite result of floating numbers, rounded by the machine.
    case floating(Double)
    case divisionByZero
    case unknownOperator
    /// The result is not finite.
    case tooBig

    /// Calculates; the result is exact if both numbers are whole.
    static func result(of request: CalculationRequest) -> Calculation {
        switch (request.left, request.right) {
        case (.integer(let left), .integer(let right)):
            whole(left, request.operator, right)
        case (let left, let right):
            floating(left.double, request.operator, right.double)
        }
    }

    /// The reply as a number in a field.
    ///
    /// - Throws: `StructLayoutError` if it does not fit; `ProtocolError` if there is no number.
    func packed(in layout: CalculatorReplyLayout) throws -> Packed<CalculatorReply> {
        switch self {
        case .whole(let number): return try layout.pack(.integer(number))
        case .product(let number): return try layout.pack(.floating(Double(number)))
        case .quotient(let left, let right):
            return try layout.pack(
                layout.isInteger ? .integer(left / right) : .floating(nearest(left, by: right)))
        case .floating(let number): return try layout.pack(.floating(number))
        case .divisionByZero: throw ProtocolError("division by zero")
        case .unknownOperator: throw ProtocolError("unknown operator")
        case .tooBig: throw ProtocolError("no finite result")
        }
    }

    private static func whole(_ left: Int128, _ sign: UInt8, _ right: Int128) -> Calculation {
        switch sign {
        case UInt8(ascii: "+"): return .whole(left + right)
        case UInt8(ascii: "-"): return .whole(left - right)
        case UInt8(ascii: "*"):
            let (product, isTooLong) = left.multipliedReportingOverflow(by: right)
            // No field is wider than 64 bits, so a product needs all 128 only if neither number has
            // a sign.
            return isTooLong ? .product(left.magnitude * right.magnitude) : .whole(product)
        case UInt8(ascii: "/"), UInt8(ascii: "%"):
            if right == 0 { return .divisionByZero }
            let (whole, rest) = left.quotientAndRemainder(dividingBy: right)
            if sign == UInt8(ascii: "/") {
                return rest == 0 ? .whole(whole) : .quotient(left, by: right)
            }
            // The remainder has the divisor's sign, as in Python; Swift's has the dividend's.
            return .whole(rest.signum() * right.signum() < 0 ? rest + right : rest)
        default: return .unknownOperator
        }
    }

    private static func floating(_ left: Double, _ sign: UInt8, _ right: Double) -> Calculation {
        let result: Double
        switch sign {
        case UInt8(ascii: "+"): result = left + right
        case UInt8(ascii: "-"): result = left - right
        case UInt8(ascii: "*"): result = left * right
        case UInt8(ascii: "/"), UInt8(ascii: "%"):
            if right == 0 { return .divisionByZero }
            if sign == UInt8(ascii: "/") {
                result = left / right
            } else {
                let rest = left.truncatingRemainder(dividingBy: right)
                result = rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest
            }
        default: return .unknownOperator
        }
        return result.isFinite ? .floating(result) : .tooBig
    }
}

/// The `Double` nearest to a quotient that is not whole, as Python's `/` gives it.
///
/// `Double(left) / Double(right)` would round a 64-bit number twice.
private func nearest(_ left: Int128, by right: Int128) -> Double {
    let shift = left.magnitude.leadingZeroBitCount
    let (digits, rest) = (left.magnitude << shift).quotientAndRemainder(
        dividingBy: right.magnitude)
    // `digits` has at least 63 binary digits; the last becomes 1 if a rest is left. So it is
    // rounded to 53 digits in the same way as the whole quotient. The power of two then changes no
    // digit.
    return Double(
        sign: (left < 0) == (right < 0) ? .plus : .minus, exponent: -shift,
        significand: Double(rest == 0 ? digits : digits | 1))
}

extension Operand {
    fileprivate var double: Double {
        switch self {
        case .integer(let integer): Double(integer)
        case .floating(let floating): floating
        }
    }
}
