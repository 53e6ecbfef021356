extension Grammar {
    /// Returns the usage line: `usage: guess-server [options] [<address>] <port>`.
    func usageLine(for program: String) -> String {
        var line = "usage: \(program)"
        // --help and --version are always there.
        if takeVerbatim == nil { line += " [options]" }
        // Later operands need the earlier ones: each bracket closes at the end of the line.
        let operandText = operands.reversed().reduce("") { later, operand in
            let text = later.isEmpty ? operand.usage : "\(operand.usage) \(later)"
            return operand.isOptional ? "[\(text)]" : text
        }
        return operandText.isEmpty ? line : "\(line) \(operandText)"
    }

    /// Returns all that `--help` shows, line ends included.
    func help(for program: String, summary: String, role: Program.Role) -> String {
        var lines = [usageLine(for: program)] + wrapped(summary, indent: 0) + [""]
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
        lines += ["", "exit codes:"]
        for (code, meaning) in role.endings {
            lines += entry(code, meaning)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Sets a term and its explanation in two columns, the term on its own line if it is long.
    private func entry(_ term: String, _ summary: String) -> [String] {
        let column = 24
        var lines = wrapped(summary, indent: column)
        let head = "  " + term
        if head.count < column - 1, let first = lines.first {
            lines[0] = head + first.dropFirst(head.count)
        } else {
            lines.insert(head, at: 0)
        }
        return lines
    }

    /// Breaks `text` at blanks into lines of at most 80 columns.
    private func wrapped(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.isEmpty {
                line = String(word)
            } else if indent + line.count + 1 + word.count <= 80 {
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

extension Program.Role {
    fileprivate var endings: [(code: String, meaning: String)] {
        let common = [
            ("1", "failure: standard error says what happened"),
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
