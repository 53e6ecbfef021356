import Protocol

/// The report in the form that continuous integration reads.
///
/// Source: the schema of Jenkins' xUnit plugin, junit-10.xsd.
extension Report {
    /// The whole document. It has no times, so that the same verdicts give the same file.
    var junit: String {
        let done = results.compactMap(\.self)
        let counts =
            "tests=\"\(done.count)\" failures=\"\(failedCount)\" "
            + "errors=\"\(done.count { $0.status == .notJudged })\" "
            + "skipped=\"\(done.count { $0.status == .skipped })\""
        let view = TextReport(of: cases)
        let properties = [
            ("points", "\(points)"), ("of", "\(mostPoints)"), ("seed", "\(seed)"),
            ("command", command.joined(separator: " ")), ("verdict", verdict.rawValue),
        ]
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="grade" \(counts)>
            <testsuite name="\(subject.markup)" \(counts)>
            <properties>
            \(properties.map { Self.property($0, $1) }.joined(separator: "\n"))
            </properties>
            \(done.map { $0.junit(subject, view) }.joined(separator: "\n"))
            </testsuite>
            </testsuites>

            """
    }

    private static func property(_ name: String, _ value: String) -> String {
        "<property name=\"\(name)\" value=\"\(value.markup)\"/>"
    }
}

extension Result {
    fileprivate func junit(_ subject: String, _ view: TextReport) -> String {
        let head = "<testcase classname=\"\(subject.markup)\" name=\"\(test.id.markup)\""
        let why = (reason ?? "").markup
        switch status {
        case .passed: return head + "/>"
        case .skipped: return "\(head)><skipped message=\"\(why)\"/></testcase>"
        case .notJudged:
            return "\(head)><error message=\"\(why)\" type=\"not judged\"/></testcase>"
        case .failed:
            let story = view.lines(for: self).map(\.markup).joined(separator: "\n")
            return "\(head)><failure message=\"\(test.sentence.markup)\" "
                + "type=\"\(test.kind.rawValue)\">\(story)</failure></testcase>"
        }
    }
}

extension String {
    /// The text for XML and HTML, inside and outside of quotes: nothing in it is markup, and
    /// nothing harms the page around it.
    var markup: String {
        var written = ""
        for scalar in escaped.unicodeScalars {
            switch scalar {
            case "&": written += "&amp;"
            case "<": written += "&lt;"
            case ">": written += "&gt;"
            case "\"": written += "&quot;"
            case "'": written += "&#39;"
            // XML has no place for these.
            case "\u{FFFE}", "\u{FFFF}": written += "\u{FFFD}"
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written
    }
}
