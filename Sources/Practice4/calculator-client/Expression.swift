import Console
import Protocol

/// An expression as it was typed: a number, an operator, a number.
struct Expression: CustomStringConvertible {
    let request: CalculationRequest
    let description: String

    /// Reads an expression; blanks divide its three parts.
    ///
    /// - Throws: `UsageError`. The server decides whether the operator is known.
    init(_ text: String) throws(UsageError) {
        let parts = text.split(whereSeparator: \.isWhitespace)
        guard parts.count == 3, let left = Operand(parts[0]), let right = Operand(parts[2]),
            let sign = parts[1].utf8.first, parts[1].utf8.count == 1
        else {
            throw UsageError(
                "'\(text.escaped)' is no expression; it takes a number, an operator and a number, "
                    + "with blanks between, as in '12 + 30'")
        }
        self.init(left, sign, right)
    }

    /// Makes an expression of two numbers from 1 to 100 and one of the sheet's four operators.
    static func random(_ chance: Chance) -> Expression {
        let left = chance.number(in: 1...100)
        let sign = chance.pick(from: Array("+-*/".utf8))
        return Expression(
            .integer(Int128(left)), sign, .integer(Int128(chance.number(in: 1...100))))
    }

    private init(_ left: Operand, _ sign: UInt8, _ right: Operand) {
        request = CalculationRequest(left, sign, right)
        description = request.description
    }
}

extension Operand {
    /// Reads a number; it is whole if it has no point.
    fileprivate init?(_ text: Substring) {
        if let integer = Int128(text) {
            self = .integer(integer)
        } else if let floating = Double(text), floating.isFinite {
            self = .floating(floating)
        } else {
            return nil
        }
    }
}
