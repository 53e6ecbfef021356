extension Program {
    /// Declares a switch: `--plain`, or `-i` for a name of one letter.
    ///
    /// - Parameters:
    ///   - name: Without the minus signs.
    ///   - summary: Its effect, beginning with a verb, for `--help`.
    public func flag(_ name: String, _ summary: String) -> Setting<Bool> {
        let setting = Setting<Bool>()
        grammar.add(
            Grammar.Option(
                name: name, placeholder: nil, summary: summary,
                take: { _ in setting.set(true) }, useDefault: { setting.set(false) }))
        return setting
    }

    /// Declares an option with any text as its value, nil if it is not given.
    ///
    /// - Parameters:
    ///   - name: Without the minus signs.
    ///   - placeholder: How help names the value: `<text>`.
    ///   - summary: Its effect, beginning with a verb, for `--help`.
    public func option(
        _ name: String, _ placeholder: String, _ summary: String
    ) -> Setting<String?> {
        option(name, placeholder, summary, parse: { $0 })
    }

    /// Declares an option with any text as its value, and a default.
    public func option(
        _ name: String, _ placeholder: String, default text: String, _ summary: String
    ) -> Setting<String> {
        option(name, placeholder, default: text, summary, parse: { $0 })
    }

    /// Declares an option with a whole number as its value, nil if it is not given.
    ///
    /// - Parameters:
    ///   - range: The allowed numbers; anything else is wrong usage.
    ///   - fallback: The meaning of nil, for `--help`: `at random`.
    public func option(
        _ name: String, _ placeholder: String, in range: ClosedRange<Int>,
        default fallback: String, _ summary: String
    ) -> Setting<Int?> {
        option(
            name, placeholder, summary + range.note(default: fallback),
            parse: { try wholeNumber($0, in: range) })
    }

    /// Declares an option with a whole number as its value, and a default.
    ///
    /// - Parameter range: The allowed numbers; anything else is wrong usage.
    public func option(
        _ name: String, _ placeholder: String, in range: ClosedRange<Int>, default number: Int,
        _ summary: String
    ) -> Setting<Int> {
        add(
            name, placeholder, summary + range.note(default: "\(number)"),
            parse: { try wholeNumber($0, in: range) }, fallback: { number })
    }

    /// Declares an option; `parse` makes its value from the given text. It is nil if the option is
    /// not given.
    ///
    /// - Parameter parse: An error it throws is wrong usage, told with the option's name.
    public func option<Value>(
        _ name: String, _ placeholder: String, _ summary: String,
        parse: @escaping (String) throws -> Value
    ) -> Setting<Value?> {
        add(name, placeholder, summary, parse: parse, fallback: { nil })
    }

    /// Declares an option; `parse` makes its value from the given text, or from the default.
    ///
    /// - Parameter parse: An error it throws is wrong usage, told with the option's name.
    public func option<Value>(
        _ name: String, _ placeholder: String, default text: String, _ summary: String,
        parse: @escaping (String) throws -> Value
    ) -> Setting<Value> {
        let shown = text.isEmpty || text.contains(" ") ? "'\(text)'" : text
        return add(
            name, placeholder, "\(summary) (default \(shown))", parse: parse,
            fallback: { try parse(text) })
    }

    func add<Value>(
        _ name: String, _ placeholder: String, _ summary: String,
        parse: @escaping (String) throws -> Value, fallback: @escaping () throws -> Value
    ) -> Setting<Value> {
        let setting = Setting<Value>()
        grammar.add(
            Grammar.Option(
                name: name, placeholder: placeholder, summary: summary,
                take: { setting.set(try parse($0)) }, useDefault: { setting.set(try fallback()) }))
        return setting
    }
}

extension ClosedRange<Int> {
    /// ` (1 to 100; default 7)`, for help.
    fileprivate func note(default fallback: String) -> String {
        let bounds = upperBound == .max ? "\(lowerBound) or more" : "\(lowerBound) to \(upperBound)"
        return " (\(bounds); default \(fallback))"
    }
}
