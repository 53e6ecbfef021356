import Testing

@testable import Console

/// A program with all kinds of options and operands; it is parsed without ending the process.
private struct Sample {
    let program = Program("sample-client", "Does nothing.")
    let endpoint: Setting<Endpoint>
    let user: Setting<String?>
    let number: Setting<Int?>
    let count: Setting<Int>
    let layout: Setting<[Character]>
    let plain: Setting<Bool>
    let short: Setting<Bool>

    init() {
        endpoint = program.serverEndpoint(host: "localhost", port: 12_000)
        user = program.operand("<name>", "who asks")
        number = program.option(
            "number", "<n>", in: 1...100, default: "at random", "fixes the number")
        count = program.option("count", "<n>", in: -5...5, default: 3, "repeats")
        layout = program.option("layout", "<format>", default: "c i", "describes") { text in
            guard text != "bad" else { throw UnknownCode() }
            return Array(text)
        }
        plain = program.flag("plain", "sends bare bytes")
        short = program.flag("i", "shows headers")
    }

    struct UnknownCode: Error, CustomStringConvertible { let description = "unknown code 'd'" }

    func error(_ arguments: String...) -> String? {
        do {
            let outcome = try program.parse(arguments)
            return outcome == .run ? nil : "\(outcome)"
        } catch {
            return error.description
        }
    }
}

@Suite struct ProgramTests {
    @Test func defaultsHoldWhereNothingIsGiven() throws {
        let sample = Sample()
        #expect(try sample.program.parse([]) == .run)
        #expect(sample.endpoint.value == ("localhost", 12_000))
        #expect(sample.user.value == nil)
        #expect(sample.number.value == nil)
        #expect(sample.count.value == 3)
        #expect(sample.layout.value == ["c", " ", "i"])
        #expect(!sample.plain.value && !sample.short.value)
    }

    @Test(arguments: [
        ["::1", "80", "anna", "--number", "7", "--count=-2", "--plain", "-i", "--layout=i"],
        ["--number=7", "-i", "::1", "--count", "-2", "80", "--layout", "i", "--plain", "anna"],
        ["--plain", "-i", "--number=7", "--layout", "i", "--count=-2", "--", "::1", "80", "anna"],
    ]) func optionsStandAnywhere(arguments: [String]) throws {
        let sample = Sample()
        #expect(try sample.program.parse(arguments) == .run)
        #expect(sample.endpoint.value == ("::1", 80))
        #expect(sample.user.value == "anna")
        #expect(sample.number.value == 7)
        #expect(sample.count.value == -2)
        #expect(sample.layout.value == ["i"])
        #expect(sample.plain.value && sample.short.value)
    }

    @Test func minusAloneOrBeforeADigitIsAnOperand() throws {
        for name in ["-", "-5", "-0x"] {
            let sample = Sample()
            #expect(try sample.program.parse(["a", "1", name]) == .run)
            #expect(sample.user.value == name)
        }
        let sample = Sample()
        #expect(try sample.program.parse(["--", "a", "1", "--plain"]) == .run)
        #expect(sample.user.value == "--plain")
        #expect(!sample.plain.value)
    }

    @Test func attachedValuesMayHoldAnything() throws {
        let program = Program("sample", "Does nothing.")
        let text = program.option("text", "<text>", "")
        for value in ["", "=", "--plain", "a=b", "ß"] {
            #expect(try program.parse(["--text=\(value)"]) == .run)
            #expect(text.value == value)
        }
    }

    @Test func wrongOptionsAreNamed() {
        #expect(
            Sample().error("--numbr", "5") == "unknown option '--numbr'; did you mean '--number'?")
        #expect(Sample().error("--hlep") == "unknown option '--hlep'; did you mean '--help'?")
        #expect(Sample().error("--other=5") == "unknown option '--other'")
        #expect(Sample().error("-x") == "unknown option '-x'")
        #expect(Sample().error("--number") == "--number needs a value: --number <n>")
        #expect(
            Sample().error("--layout", "--plain")
                == "--layout needs a value; if '--plain' is meant, write '--layout=--plain'")
        #expect(Sample().error("--plain=yes") == "--plain takes no value")
        #expect(Sample().error("--plain", "--plain") == "--plain is given twice")
        #expect(Sample().error("--number=1", "--number", "2") == "--number is given twice")
    }

    @Test(arguments: ["0", "101", "", "x", "+5", "5 ", "1e1", "99999999999999999999", "-", "٣"])
    func wrongNumbersAreRefused(text: String) {
        #expect(
            Sample().error("--number=\(text)")
                == "--number: '\(text)' is not a whole number from 1 to 100")
    }

    @Test func errorsOfAParserNameTheOption() {
        #expect(Sample().error("--layout", "bad") == "--layout: unknown code 'd'")
    }

    @Test func excessOperandsAreRefused() {
        #expect(Sample().error("a", "1", "anna", "b", "c") == "unexpected argument 'b'")
    }

    @Test func helpWinsOverErrors() {
        #expect(Sample().error("--number", "--help") == "help")
        #expect(Sample().error("-h", "--nonsense") == "help")
        #expect(Sample().error("--nonsense", "--version") == "version")
        #expect(Sample().error("--", "--help", "1") == nil)
    }

    @Test func remainingOperandsAreTaken() throws {
        let program = Program("sample", "Does nothing.")
        let endpoint = program.serverEndpoint()
        let text = program.requiredOperand("<text>", "what to send", example: "x")
        let rest = program.operands("<message>...", "what else to send")
        #expect(try program.parse(["a", "1", "x", "y", "-3"]) == .run)
        #expect(endpoint.value == ("a", 1))
        #expect(text.value == "x")
        #expect(rest.value == ["y", "-3"])
        #expect(throws: UsageError("missing <text>")) { try program.parse(["a", "1"]) }
    }

    @Test func verbatimArgumentsAreUntouched() throws {
        let program = Program("arguments", "Prints its arguments.")
        let arguments = program.verbatimArguments()
        // It is run, not explained, and takes the process's own arguments, here the tests'.
        #expect(try program.parse(["--help", "--", "-x"]) == .run)
        #expect(arguments.value == CommandLine.arguments.dropFirst().map { Array($0.utf8) })
    }
}
