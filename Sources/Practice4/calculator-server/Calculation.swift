import Console
import Protocol

/// What a request comes to.
enum Calculation: Equatable {
    case exact(ExactNumber)
    /// A finite result of numbers that have a fraction, rounded as the machine does it.
    case floating(Double)
    case divisionByZero
    case unknownOperator
    /// The result is not finite.
    case tooBig

    /// Calculates, exactly where both numbers are whole.
    static func result(of request: CalculationRequest) -> Calculation {
        switch (request.left, request.right) {
        case (.integer(let left), .integer(let right)):
            whole(left, request.operator, right)
        case (let left, let right):
            floating(left.double, request.operator, right.double)
        }
    }

    /// The reply as text.
    var text: String {
        switch self {
        case .exact(let number): number.text
        case .floating(let number) where number.magnitude >= 0x1p53: generalNotation(number)
        case .floating(let number): ExactNumber(number).text
        case .divisionByZero: "err: zero"
        case .unknownOperator: "err: op"
        case .tooBig: "err: big"
        }
    }

    /// The reply as a number in a field.
    ///
    /// - Throws: `StructLayoutError` if it does not fit; `ProtocolError` if there is no number.
    func packed(in layout: CalculatorReplyLayout) throws -> Packed<CalculatorReply> {
        switch self {
        case .floating(let number): return try layout.pack(.floating(number))
        case .exact(let number):
            guard layout.isInteger else { return try layout.pack(.floating(number.double)) }
            guard let truncated = number.truncated else { throw ProtocolError("does not fit") }
            return try layout.pack(.integer(truncated))
        case .divisionByZero: throw ProtocolError("division by zero")
        case .unknownOperator: throw ProtocolError("unknown operator")
        case .tooBig: throw ProtocolError("no finite result")
        }
    }

    private static func whole(_ left: Int128, _ sign: UInt8, _ right: Int128) -> Calculation {
        // No field is wider than 64 bits: sums fit Int128, and products UInt128 without their sign.
        switch sign {
        case UInt8(ascii: "+"): return .exact(ExactNumber(left + right))
        case UInt8(ascii: "-"): return .exact(ExactNumber(left - right))
        case UInt8(ascii: "*"):
            return .exact(
                ExactNumber(
                    isNegative: left.signum() * right.signum() < 0,
                    whole: left.magnitude * right.magnitude))
        case UInt8(ascii: "/"), UInt8(ascii: "%"):
            if right == 0 { return .divisionByZero }
            if sign == UInt8(ascii: "%") { return .exact(ExactNumber(modulo(left, right))) }
            let (whole, rest) = left.magnitude.quotientAndRemainder(dividingBy: right.magnitude)
            return .exact(
                ExactNumber(
                    isNegative: (left < 0) != (right < 0), whole: whole, numerator: rest,
                    denominator: right.magnitude))
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
            result = sign == UInt8(ascii: "%") ? modulo(left, right) : left / right
        default: return .unknownOperator
        }
        return result.isFinite ? .floating(result) : .tooBig
    }

    // What remains has the divisor's sign, as in Python; Swift's has the dividend's.

    private static func modulo(_ left: Int128, _ right: Int128) -> Int128 {
        let rest = left % right
        return rest.signum() * right.signum() < 0 ? rest + right : rest
    }

    private static func modulo(_ left: Double, _ right: Double) -> Double {
        let rest = left.truncatingRemainder(dividingBy: right)
        return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest
    }
}

extension Operand {
    fileprivate var double: Double {
        switch self {
        case .integer(let integer): Double(integer)
        case .floating(let floating): floating
        }
    }
}
