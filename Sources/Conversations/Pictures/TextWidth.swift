import Protocol

extension String {
    /// The text in one line, without the characters that XML has no place for: those become
    /// `\u{0}`, as the control characters do.
    var drawable: String {
        let text = escaped
        guard text.unicodeScalars.contains(where: \.hasNoPlace) else { return text }
        return text.unicodeScalars.reduce(into: "") { shown, scalar in
            if scalar.hasNoPlace {
                shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
    }

    /// The text as XML writes it: nothing in it is markup.
    var markup: String {
        guard utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E }) else { return self }
        var written = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": written += "&amp;"
            case "<": written += "&lt;"
            case ">": written += "&gt;"
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written
    }

    /// Whether the fixed-width fonts have all of its characters, so that its width is known.
    var isPlain: Bool {
        unicodeScalars.allSatisfy { $0.value < 0x250 || "…→←".unicodeScalars.contains($0) }
    }

    /// How many columns of a fixed width the text takes, about.
    var columns: Int { reduce(0) { $0 + $1.columns } }

    /// Whether `wrapped` leaves something out.
    func isCut(to width: Int, lines: Int) -> Bool {
        wrapped(to: width, lines: lines + 1).count > lines
    }

    /// The text in at most `lines` lines of at most `width` columns, broken at blanks where there
    /// are some. Of a longer one the end is an ellipsis.
    func wrapped(to width: Int, lines: Int) -> [String] {
        var result: [String] = []
        var rest = self[...]
        while !rest.isEmpty {
            var line = rest.prefix(columns: width)
            if line.endIndex == rest.endIndex { return result + [String(line)] }
            if result.count == lines - 1 {
                line = rest.prefix(columns: width - 1)
                return result + ["\(line)…"]
            }
            // A line that breaks early would look like the end of the message.
            if rest[line.endIndex] != " ", let blank = line.lastIndex(of: " "),
                line[..<blank].count >= width / 2
            {
                line = line[...blank]
            }
            result.append(String(line))
            rest = rest[line.endIndex...]
        }
        return result
    }
}

extension Substring {
    /// As much of the beginning as fits.
    ///
    /// Marks above and below a character take no column, so that their number needs a limit, too.
    fileprivate func prefix(columns limit: Int) -> Substring {
        var columns = 0
        var scalars = 0
        let end = indices.first { index in
            columns += self[index].columns
            scalars += self[index].unicodeScalars.count
            return columns > limit || scalars > 2 * limit
        }
        guard let end else { return self }
        guard end == startIndex else { return self[..<end] }
        // One character alone is too much: it is cut within itself.
        let scalarEnd =
            unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex) ?? endIndex
        return self[..<scalarEnd]
    }
}

extension Unicode.Scalar {
    /// Whether XML forbids it, or it would break the line; control characters are escaped before.
    fileprivate var hasNoPlace: Bool {
        switch value {
        case 0x09, 0x2028, 0x2029, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}

extension Character {
    fileprivate var columns: Int {
        guard let first = unicodeScalars.first else { return 0 }
        switch first.value {
        case 0..<0x300: return 1
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            return 2
        default: break
        }
        if first.properties.isEmojiPresentation { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return 1
        }
    }
}
