/// Puts bytes in a form for people: `3c 00 00 00`, at most 64 of them and then how many there are.
func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
    let digits = bytes.prefix(64).map { byte in
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }.joined(separator: " ")
    return bytes.count > 64 ? "\(digits) ... (\(bytes.count) bytes)" : digits
}

extension Duration {
    /// The duration as people write it: `30 s`, `0.25 s`.
    var inSeconds: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0 else { return "\(seconds) s" }
        let decimals = String(milliseconds + 1_000).dropFirst()
        let trimmed = decimals.reversed().drop { $0 == "0" }.reversed()
        return "\(seconds).\(String(trimmed)) s"
    }
}
