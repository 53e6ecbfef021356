/// The options and operands that a program understands, and the parser for arguments.
///
/// The parser, the usage line and the help all use it.
struct Grammar {
    /// One option; without a placeholder it is a flag and takes no value.
    struct Option {
        let name: String
        let placeholder: String?
        let summary: String
        let take: (String) throws -> Void
        let useDefault: () throws -> Void

        /// `--seed`, or `-v` for a name of one letter.
        var spelling: String { name.count == 1 ? "-\(name)" : "--\(name)" }
    }

    /// One operand, or several that belong together such as an address and a port.
    struct Operand {
        /// As in the usage line, but without the brackets of an optional operand.
        let usage: String
        let isOptional: Bool
        let maximum: Int
        /// One entry for the help: the term and its explanation.
        let explanations: [(term: String, summary: String)]
        /// An example for the help, with the quotes that a shell needs; nil if the example is
        /// better without this operand.
        let example: String?
        /// Takes none to `maximum` arguments, and checks itself that the necessary ones are there.
        let take: ([String]) throws -> Void
    }

    enum Outcome: Equatable { case run, help, version }

    private(set) var options: [Option] = []
    private(set) var operands: [Operand] = []
    /// Takes the arguments as they are; then there are no options, not even `--help`.
    var takeVerbatim: (() -> Void)?

    mutating func add(_ option: Option) {
        precondition(!options.contains { $0.name == option.name }, "\(option.name) declared twice")
        options.append(option)
    }

    mutating func add(_ operand: Operand) {
        let follows = operands.last
        precondition(operand.isOptional || follows?.isOptional != true, "optional ones come last")
        precondition(follows?.maximum != .max, "nothing can follow an operand that takes the rest")
        operands.append(operand)
    }

    /// Reads `arguments`, the program's name not among them, and sets every setting.
    func parse(_ arguments: [String]) throws(UsageError) -> Outcome {
        if let takeVerbatim {
            takeVerbatim()
            return .run
        }
        // `--help` shows the help even if another argument is wrong.
        let beforeEnd = arguments.prefix { $0 != "--" }
        if beforeEnd.contains("--help") || beforeEnd.contains("-h") { return .help }
        if beforeEnd.contains("--version") { return .version }

        let given = try takeOptions(arguments)
        for option in options where !given.names.contains(option.name) {
            try Self.naming(option.spelling) { try option.useDefault() }
        }
        try takeOperands(given.operands)
        return .run
    }

    private func takeOptions(
        _ arguments: [String]
    ) throws(UsageError) -> (names: Set<String>, operands: [String]) {
        var names: Set<String> = []
        var operands: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                operands += rest
                break
            }
            guard Self.isOption(argument) else {
                operands.append(argument)
                continue
            }
            let (option, attached) = try find(argument)
            guard names.insert(option.name).inserted else {
                throw UsageError("\(option.spelling) is given twice")
            }
            let value = try Self.value(of: option, attached: attached, from: &rest)
            try Self.naming(option.spelling) { try option.take(value) }
        }
        return (names, operands)
    }

    private func takeOperands(_ arguments: [String]) throws(UsageError) {
        var rest = arguments[...]
        for operand in operands {
            let taken = Array(rest.prefix(operand.maximum))
            rest = rest.dropFirst(taken.count)
            try Self.naming(operand.usage) { try operand.take(taken) }
        }
        if let excess = rest.first {
            throw UsageError("unexpected argument '\(excess)'")
        }
    }

    /// Whether `argument` is meant as an option; neither `-5` nor `-` is.
    private static func isOption(_ argument: String) -> Bool {
        let bytes = Array(argument.utf8.prefix(2))
        guard bytes.count == 2, bytes[0] == UInt8(ascii: "-") else { return false }
        return !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[1])
    }

    private func find(_ argument: String) throws(UsageError) -> (Option, attached: String?) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let spelling = String(parts[0])
        let attached = parts.count > 1 ? String(parts[1]) : nil
        if let option = options.first(where: { $0.spelling == spelling }) {
            return (option, attached)
        }
        let known = options.map(\.spelling) + ["--help", "--version"]
        guard let nearest = nearestSpelling(to: spelling, among: known) else {
            throw UsageError("unknown option '\(spelling)'")
        }
        throw UsageError("unknown option '\(spelling)'; did you mean '\(nearest)'?")
    }

    private static func value(
        of option: Option, attached: String?, from rest: inout ArraySlice<String>
    ) throws(UsageError) -> String {
        guard let placeholder = option.placeholder else {
            if attached == nil { return "" }
            throw UsageError("\(option.spelling) takes no value")
        }
        if let attached { return attached }
        guard let next = rest.first else {
            throw UsageError("\(option.spelling) needs a value: \(option.spelling) \(placeholder)")
        }
        // Most likely the user has forgotten the value. A value with a minus can be given in
        // another way.
        guard !isOption(next) else {
            throw UsageError(
                "\(option.spelling) needs a value; if '\(next)' is meant, "
                    + "write '\(option.spelling)=\(next)'")
        }
        rest = rest.dropFirst()
        return next
    }

    /// Turns any error of `body` into a usage error that begins with the argument's name.
    private static func naming(_ argument: String, _ body: () throws -> Void) throws(UsageError) {
        do {
            try body()
        } catch let error as UsageError {
            throw error
        } catch {
            throw UsageError("\(argument): \(error)")
        }
    }
}
