import CSystem

extension Program {
    /// Declares one more operand that may be left out; then its value is nil.
    ///
    /// - Parameters:
    ///   - placeholder: How usage names it: `<name>`.
    ///   - summary: Its meaning, for `--help`.
    ///   - example: A value for the example in `--help`, with the quotes that a shell needs.
    public func operand(
        _ placeholder: String, _ summary: String, example: String? = nil
    ) -> Setting<String?> {
        let setting = Setting<String?>()
        add(placeholder, summary, example, isOptional: true, maximum: 1) { setting.set($0.first) }
        return setting
    }

    /// Declares one more operand that must be given.
    public func requiredOperand(
        _ placeholder: String, _ summary: String, example: String
    ) -> Setting<String> {
        requiredOperand(placeholder, summary, example: example, parse: { $0 })
    }

    /// Declares one more operand that must be given; `parse` makes its value.
    ///
    /// - Parameter parse: An error it throws is wrong usage, told with the operand's name.
    public func requiredOperand<Value>(
        _ placeholder: String, _ summary: String, example: String,
        parse: @escaping (String) throws -> Value
    ) -> Setting<Value> {
        let setting = Setting<Value>()
        add(placeholder, summary, example, isOptional: false, maximum: 1) { given in
            guard let text = given.first else { throw UsageError("missing \(placeholder)") }
            setting.set(try parse(text))
        }
        return setting
    }

    /// Declares all further operands; there may be none.
    ///
    /// - Parameter placeholder: How usage names them: `<message>...`.
    public func operands(
        _ placeholder: String, _ summary: String, example: String? = nil
    ) -> Setting<[String]> {
        operands(placeholder, summary, example: example, parse: { $0 })
    }

    /// Declares all further operands; `parse` makes a value of each.
    ///
    /// - Parameter parse: An error it throws is wrong usage, told with the operands' name.
    public func operands<Value>(
        _ placeholder: String, _ summary: String, example: String? = nil,
        parse: @escaping (String) throws -> Value
    ) -> Setting<[Value]> {
        let setting = Setting<[Value]>()
        add(placeholder, summary, example, isOptional: true, maximum: .max) { given in
            setting.set(try given.map(parse))
        }
        return setting
    }

    /// Takes every argument as it is: a program with this has no options, not even `--help`.
    ///
    /// Its value holds the arguments' bytes, which need not be UTF-8.
    public func verbatimArguments() -> Setting<[[UInt8]]> {
        let setting = Setting<[[UInt8]]>()
        grammar.takeVerbatim = {
            setting.set(
                (1..<max(1, Int(CommandLine.argc))).compactMap { index in
                    CommandLine.unsafeArgv[index].map { argument in
                        UnsafeBufferPointer(start: argument, count: strlen(argument))
                            .map(UInt8.init(bitPattern:))
                    }
                })
        }
        return setting
    }

    private func add(
        _ placeholder: String, _ summary: String, _ example: String?, isOptional: Bool,
        maximum: Int,
        take: @escaping ([String]) throws -> Void
    ) {
        grammar.add(
            Grammar.Operand(
                usage: placeholder, isOptional: isOptional, maximum: maximum,
                explanations: [(placeholder, summary)], example: example, take: take))
    }
}
