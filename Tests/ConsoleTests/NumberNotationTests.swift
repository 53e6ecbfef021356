import Console
import Testing

/// The texts are Python's `'%.15g' % x` and `'%.*f' % (decimals, x)`.
@Suite struct NumberNotationTests {
    @Test(
        arguments: [
            (0.0, "0"), (-0.0, "0"), (54, "54"), (-0.75, "-0.75"), (0.30000000000000004, "0.3"),
            (0.3333333333333333, "0.333333333333333"), (-0.6666666666666666, "-0.666666666666667"),
            (1e15, "1e+15"),
            (123_456_789_012_345, "123456789012345"),
            (1_234_567_890_123_456, "1.23456789012346e+15"),
            (1e20, "1e+20"), (0.0001, "0.0001"), (0.00001, "1e-05"),
            (1.7976931348623157e308, "1.79769313486232e+308"),
            (-2.2250738585072014e-308, "-2.2250738585072e-308"),
            (999_999_999_999_999.5, "1e+15"), (9_007_199_254_740_992, "9.00719925474099e+15"),
        ] as [(Double, String)])
    func keepsFifteenDigits(number: Double, text: String) {
        #expect(generalNotation(number) == text)
    }

    @Test(
        arguments: [
            (0.25, 4, "0.2500"), (-0.4, 0, "-0"), (2.5, 0, "2"), (0.00005, 4, "0.0001"),
            (9_007_199_254_740_991, 0, "9007199254740991"), (1e-300, 7, "0.0000000"),
            (-9_999_999_999_999_998, 30, "-9999999999999998." + String(repeating: "0", count: 30)),
        ] as [(Double, Int, String)])
    func keepsItsDecimals(number: Double, decimals: Int, text: String) {
        #expect(fixedNotation(number, decimals: decimals) == text)
    }
}
