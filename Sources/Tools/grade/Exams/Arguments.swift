extension Exam {
    static let arguments = Exam(
        "arguments", arguments: [],
        [
            Case(
                "heading", .sheet, 15, "Testing ...",
                [
                    .runs(["one", "two"]),
                    .printed("\"Testing ...\"") { $0.lines.first?.hasPrefix("Testing") == true },
                ]),
            Case(
                "count", .sheet, 20, "Number of arguments: 2",
                [
                    .runs(["one", "two"]), .counts(2),
                ]),
            Case(
                "list", .sheet, 30, "for i in range(1,n): #list all arguments",
                [
                    .runs(["one", "two", "three"]), .lists("one", "two", "three"),
                ]),
            Case(
                "none", .sheet, 15, "n = len(sys.argv) #get number of arguments",
                [
                    .runs([]), .counts(0), .lists(),
                ]),
            Case(
                "blank", .sheet, 10, "print(str(sys.argv[i]))",
                [
                    .runs(["one two", "three"]), .counts(2), .lists("one two", "three"),
                ]),
            Case(
                "empty", .sheet, 5, "print(str(sys.argv[i]))",
                [
                    .runs(["one", "", "three"]), .lists("one", "", "three"),
                ]),
            Case(
                "behind", .network, 5, "A program that has ended leaves no process behind",
                [.runs(["one"]), .leavesNothing("run 1")]),
        ])
}

extension Step {
    /// The number stands behind the sheet's words; how many blanks stand between is free.
    fileprivate static func counts(_ count: Int) -> Step {
        let start = "Number of arguments:"
        return .printed(
            "\"\(start) \(count)\"",
            cause: { printed in
                printed.lines.contains { $0.number(after: start) == count + 1 }
                    ? "the program's own name is counted" : nil
            },
            { printed in printed.lines.contains { $0.number(after: start) == count } })
    }

    /// The arguments stand below the heading, a line each, and nothing else does.
    fileprivate static func lists(_ arguments: String...) -> Step {
        let shown = arguments.isEmpty ? "no arguments" : arguments.quoted
        return .printed("below \"Argument list:\" \(shown)") { printed in
            var lines = (printed.outputs.first ?? "").split(
                separator: "\n", omittingEmptySubsequences: false
            ).map { $0.hasSuffix("\r") ? String($0.dropLast()) : String($0) }
            guard let heading = lines.firstIndex(where: { $0.hasPrefix("Argument list:") }) else {
                return false
            }
            lines.removeFirst(heading + 1)
            // What the line end of the last argument leaves, and the empty lines below it.
            while lines.count > arguments.count, lines.last == "" { lines.removeLast() }
            return lines == arguments
        }
    }
}

extension String {
    /// The number behind a text at the line's beginning.
    fileprivate func number(after start: String) -> Int? {
        guard hasPrefix(start) else { return nil }
        return Int(dropFirst(start.count).filter { !$0.isWhitespace })
    }
}
