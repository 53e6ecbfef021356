extension String {
    /// The text in a form that is safe to show: nothing in it can move a cursor or turn the line's
    /// direction.
    ///
    /// Control characters except tab, and the marks that embed, override or isolate a direction
    /// (U+202A–202E, U+2066–2069), become `\u{1B}`. A text without them stays as it is.
    public var escaped: String {
        guard unicodeScalars.contains(where: \.mustBeEscaped) else { return self }
        var shown = ""
        for scalar in unicodeScalars {
            if scalar.mustBeEscaped {
                shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// Makes text from bytes that may be wrong UTF-8; each wrong piece becomes U+FFFD.
    ///
    /// - Returns: The text, and whether all of the bytes were right.
    static func repairing(_ bytes: some Collection<UInt8>) -> (text: String, isValid: Bool) {
        if let text = String(validating: bytes, as: UTF8.self) { return (text, true) }
        return (String(decoding: bytes, as: UTF8.self), false)
    }
}

extension Unicode.Scalar {
    /// Whether Python's `str.isprintable` would accept it: no control, format, private, unassigned
    /// or surrogate character and no separator but the blank.
    public var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned,
            .lineSeparator, .paragraphSeparator:
            false
        case .spaceSeparator: self == " "
        default: true
        }
    }

    fileprivate var mustBeEscaped: Bool {
        switch value {
        case 0x09: false
        case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension Collection<UInt8> {
    /// Whether the bytes are UTF-8 as RFC 3629 has it: no overlong form, no surrogate.
    public var isValidUTF8: Bool { String(validating: self, as: UTF8.self) != nil }
}
