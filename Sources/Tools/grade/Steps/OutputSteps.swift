/// What a program without connections has printed, by the arguments of each run.
struct Printed: Memory {
    var outputs: [String] = []

    var lines: [String] { outputs.joined(separator: "\n").split(separator: "\n").map(String.init) }
}

extension Step {
    /// The program runs with these arguments until its end.
    ///
    /// - Parameters:
    ///   - values: What stands for the placeholders, where the command has some.
    ///   - mayFail: Whether the way in which it ends, or does not end, is another case's trouble.
    static func runs(
        _ arguments: [String], _ values: [String: String] = [:], mayFail: Bool = false
    ) -> Step {
        let shown = arguments.isEmpty ? "without arguments" : "with \(arguments.quoted)"
        return Step("the program runs \(shown)") { play throws(Miss) in
            let name = "run \(play.programs.count + 1)"
            let program = try RunningSubject(play, values, arguments: arguments)
            play.programs[name] = program
            play.note("the program runs \(shown)")
            if mayFail {
                _ = program.waitForEnd(within: play.patience + play.exam.waits)
                return play[Printed.self].outputs.append(program.output)
            }
            let ending = try play.expectExit(of: name, within: play.exam.waits)
            play[Printed.self].outputs.append(program.output)
            guard ending == .code(0) else {
                throw Miss(wanted: "exit code 0", got: "the program \(ending.words)", .exit)
            }
        }
    }

    /// What the runs have printed is right.
    static func printed(
        _ wanted: String, cause: @escaping @Sendable (Printed) -> String? = { _ in nil },
        _ isRight: @escaping @Sendable (Printed) -> Bool
    ) -> Step {
        Step("it has printed \(wanted)") { play throws(Miss) in
            let printed = play[Printed.self]
            guard !isRight(printed) else { return play.note("it has printed \(wanted)") }
            let got = printed.outputs.joined()
            throw Miss(
                wanted: "it prints \(wanted)",
                got: got.isEmpty ? "it prints nothing" : "it prints \(got.excerpt)", .exit,
                cause: cause(printed))
        }
    }
}

extension [String] {
    /// The words of a command line, as in `"one", "two"`.
    var quoted: String { map { "\"\($0)\"" }.joined(separator: ", ") }
}
