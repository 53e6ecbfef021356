import Protocol

/// What a request comes to.
enum Calculation: Equatable {
    case number(ExactNumber)
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
        case .number(let number): number.text
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
        case .number(let number):
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
        case UInt8(ascii: "+"): return .number(ExactNumber(left + right))
        case UInt8(ascii: "-"): return .number(ExactNumber(left - right))
        case UInt8(ascii: "*"):
            return .number(
                ExactNumber(
                    isNegative: (left < 0) != (right < 0),
                    whole: left.magnitude * right.magnitude))
        case UInt8(ascii: "/"):
            if right == 0 { return .divisionByZero }
            let (whole, rest) = left.magnitude.quotientAndRemainder(dividingBy: right.magnitude)
            return .number(
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
        case UInt8(ascii: "/"):
            if right == 0 { return .divisionByZero }
            result = left / right
        default: return .unknownOperator
        }
        return result.isFinite ? .number(ExactNumber(result)) : .tooBig
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
