extension Character {
    /// The number of columns on a terminal: 0, 1 or 2, and more for an emoji joined of several.
    ///
    /// Terminals differ in the last case. This is the greatest width, so that nothing wraps. The
    /// wide ranges are those of Unicode's East Asian Width, without the holes in them.
    var columns: Int {
        var width = 0
        for scalar in unicodeScalars {
            // This selector makes an emoji of the character before it.
            if scalar == "\u{FE0F}" { width = max(width, 2) } else { width += scalar.columns }
        }
        return width
    }
}

extension Unicode.Scalar {
    fileprivate var columns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if properties.isEmojiPresentation { return 2 }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF,
            0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
