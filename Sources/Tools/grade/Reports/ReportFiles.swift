import Files

/// The files into which a report is written, besides the text.
struct ReportFiles: Sendable {
    var json: String?

    /// Shows early that the files can be written: nobody wants to learn that at the end.
    func check() throws(FileError) {
        for path in [json].compactMap(\.self) { try ReplacementFile(path).discard() }
    }

    /// Writes what there is after each case: programs may look at it while cases are played.
    func update(_ report: Report) throws(FileError) {
        if let json { try Self.write(report.json.line + "\n", to: json) }
    }

    static func write(_ text: String, to path: String) throws(FileError) {
        let file = try ReplacementFile(path)
        try file.write(Array(text.utf8))
        try file.commit()
    }
}
