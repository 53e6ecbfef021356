import Files

/// The files into which a report is written, besides the text.
struct ReportFiles: Sendable {
    var text: String?
    var json: String?
    var junit: String?
    var gradescope: String?
    var html: String?

    private var all: [String] { [text, json, junit, gradescope, html].compactMap(\.self) }

    /// Shows early that the files can be written: nobody wants to learn that at the end.
    func check() throws(FileError) {
        for path in all { try ReplacementFile(path).discard() }
    }

    /// Writes what there is after each case: programs may look at it while cases are played.
    func update(_ report: Report) throws(FileError) {
        if let json { try Self.write(report.json.line + "\n", to: json) }
    }

    /// Writes everything about a program that has been judged.
    func finish(_ report: Report) throws(FileError) {
        try update(report)
        if let text { try Self.write(TextReport(of: report.cases).text(of: report), to: text) }
        if let junit { try Self.write(report.junit, to: junit) }
        if let gradescope { try Self.write(report.gradescope.line + "\n", to: gradescope) }
        if let html { try Self.write(report.html, to: html) }
    }

    static func write(_ text: String, to path: String) throws(FileError) {
        let file = try ReplacementFile(path)
        try file.write(Array(text.utf8))
        try file.commit()
    }
}
