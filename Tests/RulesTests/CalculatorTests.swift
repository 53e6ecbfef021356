import Console
import Protocol
import Testing

@testable import calculator_client
@testable import calculator_server

/// The calculator's replies to requests. They were worked out with Python's fractions.
@Suite struct CalculatorTests {
    @Test(
        arguments: [
            (12, "+", 30, "42"), (7, "-", 9, "-2"), (6, "*", 7, "42"), (84, "/", 2, "42"),
            (0, "/", -5, "0"), (0, "*", -5, "0"), (5, "-", 5, "0"),
            (2_147_483_647, "+", 2_147_483_647, "4294967294"),
            (-2_147_483_648, "-", 2_147_483_647, "-4294967295"),
            (-2_147_483_648, "/", -1, "2147483648"),
            (-2_147_483_648, "*", 2_147_483_647, "-4611686016279904256"),
            (-2_147_483_648, "*", -2_147_483_648, "4611686018427387904"),
            (.max, "*", .max, "85070591730234615847396907784232501249"),
            (.min, "*", .min, "85070591730234615865843651857942052864"),
            (.min, "*", .max, "-85070591730234615856620279821087277056"),
            (.min, "-", .max, "-18446744073709551615"), (.min, "/", -1, "9223372036854775808"),
            // Python's remainder has the divisor's sign.
            (7, "%", 3, "1"), (-7, "%", 3, "2"), (7, "%", -3, "-2"), (-7, "%", -3, "-1"),
            (-6, "%", 3, "0"), (0, "%", -5, "0"), (.min, "%", -1, "0"),
            (.min, "%", .max, "9223372036854775806"), (.max, "%", .min, "-1"),
        ] as [(Int64, String, Int64, String)])
    func wholeResultsAreExact(left: Int64, sign: String, right: Int64, text: String) {
        #expect(result(left, sign, right).text == text)
    }

    @Test(
        arguments: [
            (1, 4, "0.25"), (1, 3, "0.3333333"), (2, 3, "0.6666667"), (-2, 3, "-0.666667"),
            (100, 7, "14.285714"), (-100, 7, "-14.28571"), (22, 7, "3.1428571"), (10, 4, "2.5"),
            (-15, 10, "-1.5"), (-1, 32, "-0.03125"), (1, 1024, "0.0009766"), (1, 128, "0.0078125"),
            (9_999_999, 2, "4999999.5"), (-1_234_567, 2, "-617283.5"),
            (99_999_995, 10_000_000, "9.9999995"),
            // Rounded to nothing, without a sign.
            (-1, 2_147_483_647, "0"), (-5, 10_000_000_000, "0"), (-1, 16_777_216, "0"),
            (1, .max, "0"),
            // Rounded up to another digit, and zeros at the end left out.
            (999_999_995, 100_000_000, "10"), (19_999_999, 20_000_000, "1"),
            (199_999_999, 2, "100000000"),
            // No room for decimals: rounded to whole, a half to even.
            (99_999_999, 2, "50000000"), (2_147_483_647, 2, "1073741824"),
            (2_147_483_645, 2, "1073741822"), (-2_147_483_647, 2, "-1073741824"),
            (.max, 2, "4611686018427387904"), (.max, 3, "3074457345618258602"),
            (.min, 3, "-3074457345618258603"), (.max, .min, "-1"),
        ] as [(Int64, Int64, String)])
    func othersKeepWithinTenBytes(left: Int64, right: Int64, text: String) {
        #expect(result(left, "/", right).text == text)
    }

    @Test func aHalfGoesToTheEvenNeighbour() {
        // 0.00030517578125: no half. Then halves of the seventh decimal.
        #expect(result(5, "/", 16_384).text == "0.0003052")
        for (numerator, text) in [(5, "0"), (15, "0.0000002"), (25, "0.0000002")] as [(Int64, _)] {
            #expect(result(numerator, "/", 100_000_000).text == text)
        }
    }

    // As for the packed quotients below, of the texts' bytes with a newline after each.
    @Test func everyQuotientUpTo100IsWrittenAsPythonDoes() {
        var sum: UInt64 = 0
        for left in 1...100 as ClosedRange<Int64> {
            for right in 1...100 as ClosedRange<Int64> {
                for byte in (result(left, "/", right).text + "\n").utf8 {
                    sum = sum &* 31 &+ UInt64(byte)
                }
            }
        }
        #expect(sum == 0x9E9C_95F7_5834_10DE)
    }

    @Test(
        arguments: [
            (0.1, "+", 0.2, "0.3"), (2.5, "*", 4, "10"), (-0.5, "*", 0, "0"),
            (1e-300, "*", -1, "0"),
            (1e15, "/", 3, "333333333333333"), (123_456.789, "+", 0, "123456.79"),
            (0.1, "*", -3, "-0.3"), (12.5, "+", 30, "42.5"), (.leastNonzeroMagnitude, "+", 0, "0"),
            (1e22, "+", 0, "1e+22"), (0x1p64, "+", 0, "1.84467440737096e+19"),
            (-0x1p70, "*", 3, "-3.54177486215223e+21"), (0.5, "/", 4, "0.125"),
            (0x1p53, "-", 1, "9007199254740991"), (0x1p53, "+", 0, "9.00719925474099e+15"),
            (.greatestFiniteMagnitude, "-", 0, "1.79769313486232e+308"),
            (7.5, "%", 2, "1.5"), (-7.5, "%", 2, "0.5"), (7.5, "%", -2, "-0.5"),
            (-7.5, "%", -2, "-1.5"), (1, "%", 0.1, "0.1"), (-1e-300, "%", 3, "3"),
            (5, "%", .infinity, "5"),
        ] as [(Double, String, Double, String)])
    func floatingNumbersAreAsExact(left: Double, sign: String, right: Double, text: String) {
        let sign = sign.utf8.first ?? 0
        let request = CalculationRequest(.floating(left), sign, .floating(right))
        #expect(Calculation.result(of: request).text == text)
    }

    @Test func whatHasNoResultIsNamed() {
        for left: Int64 in [-1, 0, 1] {
            for sign in ["/", "%"] { #expect(result(left, sign, 0).text == "err: zero") }
        }
        for sign in ["x", " ", "\0"] { #expect(result(1, sign, 2).text == "err: op") }
        let floating: [(Double, String, Double, String)] = [
            (1e308, "*", 10, "err: big"), (.infinity, "-", .infinity, "err: big"),
            (.nan, "+", 1, "err: big"), (1, "/", 0, "err: zero"), (1, "/", -0.0, "err: zero"),
            (1, "%", 0, "err: zero"), (-5, "%", .infinity, "err: big"),
            (.infinity, "%", 5, "err: big"),
            (.infinity, "?", 1, "err: op"),
        ]
        for (left, sign, right, text) in floating {
            let request = CalculationRequest(
                .floating(left), sign.utf8.first ?? 0, .floating(right))
            #expect(Calculation.result(of: request).text == text)
        }
    }

    @Test func resultsArePackedOrDoNotFit() throws {
        let byte = try CalculatorReplyLayout("b")
        #expect(try result(-255, "/", 2).packed(in: byte).bytes == [0x81])
        #expect(try result(255, "/", 2).packed(in: byte).bytes == [0x7F])
        #expect(throws: StructLayoutError.self) { try result(256, "/", 2).packed(in: byte) }
        #expect(throws: ProtocolError.self) { try result(1, "/", 0).packed(in: byte) }
        #expect(throws: ProtocolError.self) { try result(1, "?", 1).packed(in: byte) }
        // 1/3 as the nearest float, little-endian; the other fields are zero.
        let floats = try CalculatorReplyLayout("<f f 1s")
        #expect(
            try result(1, "/", 3).packed(in: floats).bytes == [
                0xAB, 0xAA, 0xAA, 0x3E, 0, 0, 0, 0, 0,
            ])
    }

    // The bits of Python's `a / b`, `a * b` and `a % b`.
    @Test(
        arguments: [
            (5, "/", 3, 0x3FFA_AAAA_AAAA_AAAB), (9, "/", 7, 0x3FF4_9249_2492_4925),
            (-1, "/", 3, 0xBFD5_5555_5555_5555), (.max, "/", 3, 0x43C5_5555_5555_5555),
            (.min, "/", 7, 0xC3B2_4924_9249_2492), (.max, "/", 10, 0x43A9_9999_9999_999A),
            (.max, "/", .max - 1, 0x3FF0_0000_0000_0000), (1, "/", .max, 0x3C00_0000_0000_0000),
            (9_007_199_254_740_993, "/", 2, 0x4330_0000_0000_0000),
            (0, "/", 5, 0), (0, "*", -5, 0), (0, "%", -5, 0),
            (.max, "*", .max, 0x47D0_0000_0000_0000), (3, "*", .min, 0xC3F8_0000_0000_0000),
        ] as [(Int64, String, Int64, UInt64)])
    func aBinaryReplyIsRoundedOnce(
        left: Int64, sign: String, right: Int64, bits: UInt64
    ) throws {
        #expect(try packedBits(result(left, sign, right)) == bits)
    }

    // The sum was worked out in Python: s = (s * 31 + bits of a / b) modulo 2 to the 64th.
    @Test func everyQuotientUpTo100IsPythons() throws {
        var sum: UInt64 = 0
        for left in 1...100 as ClosedRange<Int64> {
            for right in 1...100 as ClosedRange<Int64> {
                sum = try sum &* 31 &+ packedBits(result(left, "/", right))
            }
        }
        #expect(sum == 0x96A5_BF59_2C8A_47F8)
    }

    @Test func aFloatingResultIsPackedAsItIs() throws {
        let request = CalculationRequest(
            .floating(1e-300), UInt8(ascii: "/"), .floating(3))
        // 1e-300 / 3 in Python.
        #expect(try packedBits(Calculation.result(of: request)) == 0x18C92D503F699CC)
    }

    @Test func expressionsAreReadAsTheyAreWritten() throws {
        #expect(try Expression("12 + 30").description == "12 + 30")
        #expect(try Expression(" -3\t*  4.50 ").description == "-3 * 4.5")
        #expect(try Expression("1 ? 2").description == "1 ? 2")
        for text in ["", "12", "12 +", "12+30", "1 + 2 + 3", "a + b", "1 ++ 2", "1 + nan", "1 é 2"]
        {
            #expect(throws: UsageError.self) { try Expression(text) }
        }
    }

    // SplitMix64 from 7 and Lemire's method, worked out in Python.
    @Test func aSeedRepeatsTheExpressions() {
        let chance = Chance(seed: 7)
        let expressions = (1...5).map { _ in Expression.random(chance).description }
        #expect(expressions == ["39 + 91", "59 - 25", "47 - 14", "42 + 96", "92 / 87"])
    }

    /// The bits of the result in a field of eight bytes, lowest first.
    private func packedBits(_ result: Calculation) throws -> UInt64 {
        try result.packed(in: CalculatorReplyLayout("<d")).bytes.reversed()
            .reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func result(_ left: Int64, _ sign: String, _ right: Int64) -> Calculation {
        Calculation.result(
            of: CalculationRequest(
                .integer(Int128(left)), sign.utf8.first ?? 0, .integer(Int128(right))))
    }
}
