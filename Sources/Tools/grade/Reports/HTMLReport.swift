import Conversations

/// The report as a page: a table of the cases, and each conversation as a ladder.
extension Report {
    var html: String {
        let done = results.compactMap(\.self)
        let title = "\(subject): \(points) of \(mostPoints) points"
        let body = """
            <header>
            <h1>\(subject.markup)</h1>
            <p class="total \(verdict.name)">\(points) of \(mostPoints) points</p>
            \(HTMLPage.list(facts))
            </header>
            <main>
            <table>
            <thead><tr><th>case</th><th class="number">points</th><th>result</th>\
            <th class="wide">kind</th><th class="wide">sentence</th></tr></thead>
            <tbody>
            \(done.map(\.row).joined(separator: "\n"))
            </tbody>
            </table>
            \(done.map(\.section).joined(separator: "\n"))
            </main>
            """
        return HTMLPage.document(title, body: body)
    }

    private var facts: [(name: String, markup: String)] {
        let line = command.joined(separator: " ")
        var facts = [("cases", "\(passedCount) of \(askedCount) passed")]
        facts.append(
            ("verdict", verdict.rawValue + (passMark.map { ", from \($0) points on" } ?? "")))
        if let notJudged { facts.append(("reason", notJudged.markup)) }
        if !line.isEmpty { facts.append(("command", "<code>\(line.markup)</code>")) }
        if !found.isEmpty { facts.append(("format", found.joined(separator: "; ").markup)) }
        return facts + [("seed", "\(seed)")]
    }
}

extension Report.Verdict {
    /// Its class on the page.
    var name: String { self == .notJudged ? "open" : rawValue }
}

extension Result.Status {
    /// Its class on the page.
    fileprivate var name: String { self == .passed || self == .failed ? rawValue : "open" }

    /// Its name with a sign, since not everybody sees the colour.
    fileprivate var markup: String {
        let sign =
            switch self {
            case .passed: "✓"
            case .failed: "✗"
            case .skipped: "–"
            case .notJudged: "?"
            }
        return "<span class=\"sign\">\(sign) \(rawValue)</span>"
    }
}

extension Result {
    fileprivate var row: String {
        """
        <tr class="\(status.name)"><td class="id"><a href="#\(test.id.markup)">\
        \(test.id.markup)</a></td><td class="number">\(test.shownPoints(points))</td>\
        <td>\(status.markup)</td><td class="kind wide">\(test.kind.rawValue)</td>\
        <td class="wide">\(test.sentence.markup)</td></tr>
        """
    }

    fileprivate var section: String {
        let kind = test.kind == .page ? "" : "\(points) of \(test.points) points, "
        let isOpen = status == .failed ? " open" : ""
        let talk =
            record.lines.isEmpty
            ? ""
            : """
            <details\(isOpen)><summary>What was said</summary>
            <div class="talk">
            \(record.steps(failed: status == .failed))
            \(record.ladder(failure) ?? "")
            </div>
            </details>
            """
        return """
            <section id="\(test.id.markup)" class="\(status.name)">
            <h2>\(test.id.markup) \(status.markup)</h2>
            <div class="soft">\(kind)\(test.kind.rawValue)</div>
            <blockquote>\(test.quotedSentence.markup)</blockquote>
            <div>\(test.does.markup)</div>
            \(HTMLPage.list(facts))
            \(talk)
            </section>
            """
    }

    private var facts: [(name: String, markup: String)] {
        var facts: [(name: String, markup: String)] = []
        func add(_ name: String, _ text: String?) {
            if let text { facts.append((name, "<code>\(text.markup)</code>")) }
        }
        if let reason { facts.append(("reason", reason.markup)) }
        add("wanted", failure?.columns.wanted)
        add("got", failure?.columns.got)
        add("says", failure?.lastWords)
        if let cause = failure?.miss.cause { facts.append(("cause", cause.markup)) }
        add("try", failure?.attempt)
        return facts
    }
}

extension Record {
    /// Everything in its order, as a numbered list.
    fileprivate func steps(failed: Bool) -> String {
        let lines = lines
        let width = "\(lines.last?.number ?? 0)".count
        var items: [String] = []
        var next = 1
        for line in lines {
            if line.number > next { items.append("<li>… \(line.number - next) more</li>") }
            next = line.number + 1
            let isAt = failed && line.number == lines.last?.number
            let number = String(repeating: " ", count: width - "\(line.number)".count)
            let shown = Array(line.entry.bytes.prefix(16))
            let rest = line.entry.count > shown.count ? " … \(line.entry.count) bytes" : ""
            let bytes = shown.isEmpty ? "" : "  <span class=\"bytes\">\(shown.hex)\(rest)</span>"
            items.append(
                "<li\(isAt ? " class=\"at\"" : "")>\(isAt ? "*" : " ") \(number)\(line.number)  "
                    + "\(line.words.markup)\(bytes)</li>")
        }
        return "<ol class=\"steps\">\n\(items.joined(separator: "\n"))\n</ol>"
    }
}
