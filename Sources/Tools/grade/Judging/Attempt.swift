import Conversations

/// A line for a terminal that says to the program what the judge has said last.
struct Attempt {
    /// More than a line can hold.
    private static let limit = 64

    let bytes: [UInt8]
    /// The sizes of all pieces but the last.
    let sizes: [Int]
    let isDatagram: Bool

    /// `printf '=\0\0\0%%\0\0\0' | nc -q 2 127.0.0.1 PORT | xxd`; `nil` if it would be too long.
    var line: String? {
        guard !bytes.isEmpty, bytes.count <= Self.limit, sizes.count < 4 else { return nil }
        let prints = bytes.cut(into: sizes).map { "printf '\(Array($0).forPrintf)'" }
        let source = prints.joined(separator: "; sleep 1; ")
        let sender = prints.count > 1 ? "(\(source))" : source
        return "\(sender) | nc \(isDatagram ? "-u -w 2" : "-q 2") 127.0.0.1 PORT | xxd"
    }
}

extension [UInt8] {
    /// The bytes as printf(1) writes them, between single quotes.
    fileprivate var forPrintf: String {
        var text = ""
        for (index, byte) in enumerated() {
            switch byte {
            case UInt8(ascii: "%"): text += "%%"
            case UInt8(ascii: "\n"): text += "\\n"
            case UInt8(ascii: "'"), UInt8(ascii: "\\"): text += Self.octal(byte, isFull: true)
            case 32..<127: text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                // A digit that follows must not be read as a part of the number.
                let next = index + 1 < count ? self[index + 1] : 0
                text += Self.octal(byte, isFull: (48..<58).contains(next))
            }
        }
        return text
    }

    private static func octal(_ byte: UInt8, isFull: Bool) -> String {
        let digits = String(byte, radix: 8)
        return "\\" + (isFull ? String(repeating: "0", count: 3 - digits.count) : "") + digits
    }
}

extension Play {
    /// A line to try the same by hand with programs that everybody has; `nil` if there is none.
    ///
    /// A client that is judged would need a server there.
    var attempt: String? {
        guard exam.side == .server, let name = record.entries.last?.who,
            let (bytes, sizes) = lastSent[name]
        else { return nil }
        let isDatagram = exam.exercise?.transport == .udp
        return Attempt(bytes: bytes, sizes: sizes, isDatagram: isDatagram).line
    }
}
