extension UInt8 {
    /// Whether this is a blank or a tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension Substring {
    /// The text without blanks and tabs at its ends.
    ///
    /// It compares bytes, not characters: a mark that combines with a blank would hide the blank.
    public var utf8Trimmed: Substring {
        guard let first = utf8.firstIndex(where: { !$0.isBlank }),
            let last = utf8.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return Substring(utf8[first...last])
    }
}

extension String {
    /// The text without blanks and tabs at its ends.
    public var utf8Trimmed: Substring { self[...].utf8Trimmed }

    /// The same as a `String`.
    public var trimmed: String { String(utf8Trimmed) }

    /// The parts between the separators, trimmed. Parts that are empty before the trimming are left
    /// out.
    ///
    /// It compares bytes, too: a mark that combines with the separator would hide the separator.
    func utf8Split(at separator: Unicode.Scalar) -> [Substring] {
        utf8.split(separator: UInt8(ascii: separator)).map { Substring($0).utf8Trimmed }
    }
}
