import CSystem

extension Grammar {
    /// Returns the usage line: `usage: guess-server [options] [<address>] <port>`.
    func usageLine(for program: String) -> String {
        var line = "usage: \(program)"
        // --help and --version are always there.
        if takeVerbatim == nil { line += " [options]" }
        // Later operands need the earlier ones, so each bracket closes at the end of the line.
        let operandText = operands.reversed().reduce("") { later, operand in
            let text = later.isEmpty ? operand.usage : "\(operand.usage) \(later)"
            return operand.isOptional ? "[\(text)]" : text
        }
        return operandText.isEmpty ? line : "\(line) \(operandText)"
    }

    /// Returns all that `--help` shows, line ends included.
    ///
    /// - Parameters:
    ///   - paragraphs: What stands below the usage line.
    ///   - endings: The exit codes.
    ///   - columns: The greatest width.
    func help(
        for program: String, paragraphs: [String], endings: [(code: String, meaning: String)],
        columns: Int
    ) -> String {
        func entry(_ term: String, _ summary: String) -> [String] {
            Self.entry(term, summary, columns: columns)
        }
        var lines = [usageLine(for: program)]
        for text in paragraphs { lines += Self.wrapped(text, indent: 0, columns: columns) + [""] }
        let explained = operands.flatMap(\.explanations)
        if !explained.isEmpty {
            lines += explained.flatMap { entry($0.term, $0.summary) } + [""]
        }
        lines.append("options:")
        for option in options {
            let term = [option.spelling, option.placeholder].compactMap(\.self)
            lines += entry(term.joined(separator: " "), option.summary)
        }
        lines += entry("-h, --help", "shows this text")
        lines += entry("--version", "shows the version")
        lines += ["", "example:", "  \(example(for: program))", "", "exit codes:"]
        for (code, meaning) in endings {
            lines += entry(code, meaning)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Returns a command that the user can paste.
    private func example(for program: String) -> String {
        // If one operand is left out, leave out all later ones, too.
        let given = operands.map(\.example).prefix { $0 != nil }
        return (["swift run", program] + given.compactMap(\.self)).joined(separator: " ")
    }

    /// Sets a term and its explanation in two columns; a long term gets a line of its own.
    private static func entry(_ term: String, _ summary: String, columns: Int) -> [String] {
        let column = 24
        var lines = wrapped(summary, indent: column, columns: columns)
        let head = "  " + term
        if head.count < column - 1, let first = lines.first {
            lines[0] = head + first.dropFirst(head.count)
        } else {
            lines.insert(head, at: 0)
        }
        return lines
    }

    /// Breaks `text` at blanks into lines of at most `columns` columns.
    private static func wrapped(_ text: String, indent: Int, columns: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.isEmpty {
                line = String(word)
            } else if indent + line.count + 1 + word.count <= columns {
                line += " " + word
            } else {
                lines.append(margin + line)
                line = String(word)
            }
        }
        if !line.isEmpty { lines.append(margin + line) }
        return lines
    }
}

/// The width of the help: the terminal's, within limits that are good to read; in a file or a pipe
/// 80, so that the text is the same everywhere.
var helpColumns: Int {
    guard outputIsTerminal else { return 80 }
    let told = getenv("COLUMNS").flatMap { Int(String(cString: $0)) } ?? 0
    let columns = told > 0 ? told : Int(system_terminal_columns(STDOUT_FILENO))
    return columns > 0 ? min(max(columns, 40), 120) : 80
}

extension Program.Role {
    var endings: [(code: String, meaning: String)] {
        let common = [
            ("1", "failure: standard error tells the reason"),
            ("64", "wrong usage"),
        ]
        return switch self {
        case .server:
            [("0", "done, or stopped by SIGINT or SIGTERM")] + common
                + [("141", "standard output was closed")]
        case .client:
            [("0", "done")] + common
                + [
                    ("130, 143", "stopped by SIGINT, by SIGTERM"),
                    ("141", "standard output was closed"),
                ]
        }
    }
}
