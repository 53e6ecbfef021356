/// The report for programs: the form `grade/1`.
extension Report {
    /// The whole report. Cases that have not ended yet are missing in it.
    var json: JSON {
        .object([
            ("format", .text("grade/1")),
            ("complete", .bool(isComplete)),
            ("subject", .text(subject)),
            ("command", .texts(command)),
            ("seed", .number(seed)),
            ("found", .texts(found)),
            ("points", .number(points)),
            ("of", .number(mostPoints)),
            ("passed", .number(passedCount)),
            ("failed", .number(failedCount)),
            ("verdict", .text(verdict.rawValue)),
            ("cases", .array(results.compactMap { $0?.json })),
        ])
    }
}

extension Result {
    fileprivate var json: JSON {
        .object([
            ("id", .text(test.id)),
            ("kind", .text(test.kind.rawValue)),
            ("points", .number(points)),
            ("of", .number(mostPoints)),
            ("status", .text(status.rawValue)),
            ("sentence", .text(test.sentence)),
            ("does", .text(test.does)),
            ("needs", .texts(test.needs)),
            ("slow", .bool(failure?.isSlow == true)),
            ("steps", .array(record.lines.map(\.json))),
            ("at", failure == nil ? .null : .number(record.lines.last?.number ?? 0)),
            ("wanted", .optional(failure.map { $0.miss.bytes?.wanted ?? $0.miss.wanted })),
            ("got", .optional(failure.map { $0.miss.bytes?.got ?? $0.miss.got })),
            ("end", .optional(failure.flatMap { $0.miss.end.name })),
            // A case that was not played has a reason, too.
            ("cause", .optional(failure?.miss.cause ?? reason)),
            ("try", .optional(failure?.attempt)),
        ])
    }
}

extension Record.Line {
    fileprivate var json: JSON {
        let bytes = entry.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        var fields: [(String, JSON)] = [
            ("n", .number(number)), ("who", .text(entry.who)), ("does", .text(entry.does)),
            ("bytes", .text(bytes)),
        ]
        // Only where some are left out.
        if entry.count > entry.bytes.count { fields.append(("count", .number(entry.count))) }
        return .object(fields)
    }
}

extension Miss.End {
    /// Its name in the report; none where the answer itself is wrong.
    fileprivate var name: String? { self == .wrong ? nil : rawValue }
}
