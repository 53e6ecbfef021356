import Protocol
import Testing

@Suite struct ArithmeticMessageTests {
    @Test(
        arguments: [
            ("12 + 42", 12, .add, 42), ("3.24 - 45", 3.24, .subtract, 45),
            ("4.5 / -6", 4.5, .divide, -6), ("-0.5 * -00.250", -0.5, .multiply, -0.25),
            ("  1\t+ \t 1  ", 1, .add, 1), ("7 - -7", 7, .subtract, -7), ("0 / 0", 0, .divide, 0),
            ("123456789012345678901234567890 * 1", 0x1.8ee90ff6c373ep+96, .multiply, 1),
        ] as [(String, Double, ArithmeticRequest.Operator, Double)])
    func reads(
        text: String, left: Double, sign: ArithmeticRequest.Operator, right: Double
    ) {
        #expect(ArithmeticRequest(text) == ArithmeticRequest(left, sign, right))
    }

    @Test func aNumberWithTooManyDigitsIsInfinite() {
        let digits = String(repeating: "9", count: 400)
        #expect(ArithmeticRequest("\(digits) + -\(digits)") == .init(.infinity, .add, -.infinity))
    }

    @Test(arguments: [
        "", " ", "q", "12", "12 +", "+ 42", "12 42", "3.24 45", "12+42", "12 +42", "12+ 42",
        "12 + 42 + 1", "12 % 42", "12 ** 2", "12 // 2", "12 x 42", "a + b", "12 + 42!", "12 + ٤٢",
        "12 − 42", "+12 + 42", "--1 + 1", "- 1 + 1", ".5 + 1", "5. + 1", "1.2.3 + 1", "-. + 1",
        ". + 1", "- + 1", "-.5 + 1", "1e3 + 1", "0x10 + 1", "inf + 1", "nan + 1", "1,5 + 1",
        "1 +\u{A0}1", "1 + 1\u{0}", "1\u{301} + 1", "1 +\u{301} 1",
    ])
    func refusesAnyOtherForm(text: String) {
        #expect(ArithmeticRequest(text) == nil)
    }

    @Test func refusesWhatIsTooLongToBeSent() {
        let zeros = String(repeating: "0", count: 4_091)
        #expect(ArithmeticRequest("1\(zeros) + 1") == .init(.infinity, .add, 1))
        #expect(ArithmeticRequest("10\(zeros) + 1") == nil)
    }

    @Test func aNameIsAnyPrintableText() {
        for name in ["q", "Alice", "[a] b: @c", String(repeating: "n", count: 4_096)] {
            #expect(NameRule.arithmetic.problem(with: TextLine(name)) == nil)
        }
        for (name, problem) in [
            ("", "the name is empty"), ("a\tb", "a name holds only printable characters"),
            ("\u{1B}[2J", "a name holds only printable characters"),
        ] {
            #expect(NameRule.arithmetic.problem(with: TextLine(name)) == problem)
        }
    }
}
