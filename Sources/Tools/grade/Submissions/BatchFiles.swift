import CSystem
import Console
import Files

/// The files that are written about many submissions.
struct BatchFiles: Sendable {
    /// The table for a spreadsheet.
    var csv: String?
    /// The folder for an index page, and the text, JSON and page of each submission.
    var folder: String?

    private var reports: String? { folder.map { "\($0)/reports" } }

    /// Makes the folder, and shows early that the files can be written.
    ///
    /// - Throws: `FileError`, or `Exit` if a folder cannot be made.
    func prepare() throws {
        if let csv { try ReplacementFile(csv).discard() }
        for path in [folder, reports].compactMap(\.self) {
            guard mkdir(path, 0o777) == 0 || system_errno() == EEXIST else {
                let reason = String(cString: strerror(system_errno()))
                throw Console.Exit(code: 2, "cannot make the folder '\(path)': \(reason)")
            }
        }
        if let folder { try ReplacementFile("\(folder)/index.html").discard() }
    }

    /// Writes the reports of one submission.
    func finish(_ report: Report, of submission: Submission) throws(FileError) {
        guard let reports else { return }
        let path = "\(reports)/\(submission.name)"
        try ReportFiles(text: path + ".txt", json: path + ".json", html: path + ".html")
            .finish(report)
    }

    /// Writes what is known about all.
    func update(_ rows: [BatchRow], _ cases: [Case], _ subject: String) throws(FileError) {
        if let csv { try ReportFiles.write(rows.csv(cases), to: csv) }
        if let folder { try ReportFiles.write(rows.page(subject), to: "\(folder)/index.html") }
    }
}

extension [BatchRow] {
    /// A line a submission, with the points of each case.
    ///
    /// Source: RFC 4180.
    func csv(_ cases: [Case]) -> String {
        let head = ["name", "points", "of", "passed", "cases", "verdict", "failed", "reason"]
        let lines = map { row in
            [
                row.name, "\(row.points)", "\(row.mostPoints)", "\(row.passedCount)",
                "\(row.askedCount)", row.verdict.rawValue, row.failed.joined(separator: " "),
                row.reason ?? "",
            ] + (row.casePoints.isEmpty ? cases.map { _ in "" } : row.casePoints.map { "\($0)" })
        }
        return ([head + cases.map(\.id)] + lines)
            .map { $0.map(\.cell).joined(separator: ",") + "\r\n" }.joined()
    }

    /// The index page.
    func page(_ subject: String) -> String {
        let rows = map { row in
            let link = "reports/\(row.name.percentEncoded).html"
            let name =
                row.casePoints.isEmpty
                ? row.name.markup : "<a href=\"\(link)\">\(row.name.markup)</a>"
            let isJudged = row.verdict != .notJudged
            return """
                <tr class="\(row.verdict.name)"><td class="name">\(name)</td>\
                <td class="number">\(isJudged ? "\(row.points) of \(row.mostPoints)" : "")</td>\
                <td class="number wide">\
                \(isJudged ? "\(row.passedCount) of \(row.askedCount)" : "")</td>\
                <td><span class="sign">\(row.verdict.rawValue)</span></td>\
                <td>\((row.reason ?? row.failed.joined(separator: ", ")).markup)</td></tr>
                """
        }
        let body = """
            <h1>\(subject.markup)</h1>
            <p class="soft">\(count == 1 ? "1 submission" : "\(count) submissions")</p>
            <table>
            <thead><tr><th>submission</th><th class="number">points</th>\
            <th class="number wide">cases</th><th>verdict</th><th>failed</th></tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            """
        return HTMLPage.document("\(subject): \(count) submissions", body: body)
    }
}

extension String {
    /// The text as one cell of a table; a spreadsheet takes none for a formula.
    fileprivate var cell: String {
        let isFormula = first.map { "=+-@\t\r".contains($0) } == true
        let text = (isFormula ? "'" : "") + self
        guard text.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else {
            return text
        }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }

    /// The name in a link.
    ///
    /// Source: RFC 3986, 2.3.
    fileprivate var percentEncoded: String {
        utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-._~".unicodeScalars.contains(scalar))
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(Character(scalar)) : "%" + (byte < 16 ? "0" : "") + digits
        }.joined()
    }
}
