/// The report in the form of Gradescope's autograder: its `results.json`.
///
/// Source: Gradescope, "Autograder Specifications", output format.
extension Report {
    var gradescope: JSON {
        let view = TextReport(of: cases)
        let done = results.compactMap(\.self)
        return .object([
            ("score", .number(points)),
            ("output", .text(summary(view))),
            ("output_format", .text("text")),
            ("stdout_visibility", .text("visible")),
            (
                "tests",
                .array(done.enumerated().map { $1.gradescope(number: $0 + 1, view) })
            ),
        ])
    }

    private func summary(_ view: TextReport) -> String {
        if let notJudged { return "not judged: \(notJudged)" }
        return view.end(of: self).joined(separator: "\n")
    }
}

extension Result {
    fileprivate func gradescope(number: Int, _ view: TextReport) -> JSON {
        // What a program does without is no failure.
        let hasPassed = status == .passed || isExempt
        return .object([
            ("score", .number(points)),
            ("max_score", .number(test.points)),
            ("status", .text(hasPassed ? "passed" : "failed")),
            ("name", .text("\(test.id): \(test.sentence)")),
            ("name_format", .text("text")),
            ("number", .text("\(number)")),
            ("output", .text(view.lines(for: self).joined(separator: "\n"))),
            ("output_format", .text("text")),
            ("visibility", .text("visible")),
        ])
    }
}
