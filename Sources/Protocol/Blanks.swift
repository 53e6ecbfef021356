extension UInt8 {
    /// Whether this is a blank or a tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension Substring {
    /// The text without blanks and tabs at its ends.
    ///
    /// By bytes, not characters: a mark that combines with a blank would hide it.
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

    /// The same as a text of its own.
    public var trimmed: String { String(utf8Trimmed) }
}
