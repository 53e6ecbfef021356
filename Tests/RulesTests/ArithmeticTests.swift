import Testing

@testable import arithmetic_server

@Suite struct ArithmeticTests {
    @Test(arguments: [
        ("12 + 42", "54"), ("4.5 / -6", "-0.75"), ("3.24 - 45", "-41.76"), ("7 * -8", "-56"),
        ("0.1 + 0.2", "0.3"), ("1 / 3", "0.333333333333333"), ("-0 * 5", "0"), ("0 * -5", "0"),
        ("0 / -5", "0"), ("5 - 5", "0"), ("100000000000 * 10000", "1e+15"),
        ("99999999999999999999 + 1", "1e+20"), ("1 / 1000000", "1e-06"),
        ("9007199254740993 - 1", "9.00719925474099e+15"),
    ])
    func answersWithTheResult(request: String, reply: String) {
        #expect(answer(to: request) == reply)
    }

    @Test(arguments: ["1 / 0", "0 / 0", "-1 / -0", "1 / 0.000"])
    func divisionByZeroIsAnError(request: String) {
        #expect(answer(to: request) == "error: division by zero")
    }

    @Test(arguments: ["3.24 45", "", "Q", "12+42", "1 % 2", "\u{1B}"])
    func aWrongFormIsAnError(request: String) {
        #expect(
            answer(to: request)
                == "error: wrong form; send <number> <+ - * /> <number>, as in 12 + 42")
    }

    @Test func whatIsNotFiniteIsAnError() {
        let (huge, large) = (String(repeating: "9", count: 400), String(repeating: "9", count: 200))
        for request in ["\(huge) + 1", "1 / \(huge)", "\(huge) - \(huge)", "\(large) * \(large)"] {
            #expect(
                answer(to: request)
                    == "error: too large; neither a number nor the result may reach 1.8e308")
        }
    }
}
