/// The lines that a client must have shown to its user.
struct Shown: Memory {
    var lines: [String] = []
}

extension Step {
    /// The server sends lines in one segment, or cut.
    static func isSent(
        _ client: String, _ lines: String..., cutInto sizes: [Int] = []
    ) -> Step {
        Step("\(client) gets \(lines.joined(separator: ", "))") { play throws(Miss) in
            play[Shown.self].lines += lines
            try play.send(
                lines.flatMap { play[TextForm.self].bytes($0) }, lines.joined(separator: ", "),
                on: client, cutInto: sizes)
        }
    }

    /// All lines so far stand on the screen, in their order.
    static func isShown(_ client: String) -> Step {
        Step("it shows this") { play throws(Miss) in
            let lines = play[Shown.self].lines
            try play.expectOutput(of: client, lines.joined(separator: " … ")) { output in
                var rest = output[...]
                for line in lines {
                    guard let range = rest.firstRange(of: line) else { return false }
                    rest = rest[range.upperBound...]
                }
                return true
            }
        }
    }

    /// No line but the last, behind which more may come, was shown twice.
    static func isShownOnce(_ client: String) -> Step {
        Step("each line once") { play throws(Miss) in
            let output = try play.program(client).output
            for line in play[Shown.self].lines.dropLast() where output.ranges(of: line).count > 1 {
                throw Miss(
                    wanted: "each line once", got: "it prints \(output.excerpt)",
                    cause: "it shows a line twice")
            }
        }
    }
}
