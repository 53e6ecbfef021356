/// The keys that a line editor needs to know.
enum Key: Equatable {
    case character(Unicode.Scalar)
    case enter
    case backspace
    /// Ctrl-W.
    case eraseWord
    /// Ctrl-U.
    case eraseLine
    /// Ctrl-D.
    case endOfInput
    /// Ctrl-Z.
    case stop
}

/// Finds the keys in the bytes of a terminal. It does not matter how the bytes are cut into pieces.
///
/// Arrow and function keys come as escape sequences (ECMA-48) and are skipped; so are characters
/// that would move the cursor or turn the direction of writing. Esc alone also begins such a
/// sequence, and swallows the next key if that is a printable character of ASCII.
struct KeyDecoder {
    private enum State { case text, escape, sequence, single }

    private var state = State.text
    /// The first bytes of a character that has several.
    private var begun: [UInt8] = []

    /// Takes the next byte.
    ///
    /// - Returns: No key while a key is incomplete; two keys if a cut-off character came before
    ///   this one.
    mutating func take(_ byte: UInt8) -> [Key] {
        // No sequence holds these bytes. So it was Esc alone, and this byte counts, such as Enter
        // or another Esc.
        if byte < 0x20 || byte >= 0x80 { state = .text }
        switch state {
        case .text: return takeText(byte)
        case .escape: state = byte == 0x5B ? .sequence : byte == 0x4F ? .single : .text
        case .single: state = .text
        // Parameters come first, then one final byte. Linux's console has F1 as Esc [ [ A.
        case .sequence where byte == 0x5B: state = .single
        case .sequence: state = (0x20...0x3F).contains(byte) ? .sequence : .text
        }
        return []
    }

    private mutating func takeText(_ byte: UInt8) -> [Key] {
        if byte >= 0x80 { return takePart(byte) }
        let cutOff = takeCutOff()
        switch byte {
        case 0x04: return cutOff + [.endOfInput]
        case 0x08, 0x7F: return cutOff + [.backspace]
        case 0x09, 0x20...0x7E: return cutOff + [.character(Unicode.Scalar(byte))]
        case 0x0A, 0x0D: return cutOff + [.enter]
        case 0x15: return cutOff + [.eraseLine]
        case 0x17: return cutOff + [.eraseWord]
        case 0x1A: return cutOff + [.stop]
        case 0x1B:
            state = .escape
            return cutOff
        default: return cutOff
        }
    }

    /// Takes a byte of a character that has several.
    private mutating func takePart(_ byte: UInt8) -> [Key] {
        let isContinuation = byte & 0xC0 == 0x80
        let cutOff = isContinuation ? [] : takeCutOff()
        begun.append(byte)
        let length = begun[0] >= 0xF0 ? 4 : begun[0] >= 0xE0 ? 3 : begun[0] >= 0xC0 ? 2 : 1
        guard begun.count >= length else { return cutOff }
        let scalar = String(decoding: begun, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
        begun.removeAll(keepingCapacity: true)
        return scalar.isSafeToShow ? cutOff + [.character(scalar)] : cutOff
    }

    private mutating func takeCutOff() -> [Key] {
        guard !begun.isEmpty else { return [] }
        begun.removeAll(keepingCapacity: true)
        return [.character("\u{FFFD}")]
    }
}

extension Unicode.Scalar {
    fileprivate var isSafeToShow: Bool {
        switch value {
        case 0x80...0x9F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
