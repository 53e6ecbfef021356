/// Puts bytes in a form for people: `3c 00 00 00`, at most 64 of them and then how many there are.
public func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
    let digits = bytes.prefix(64).map { byte in
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }.joined(separator: " ")
    return bytes.count > 64 ? "\(digits) ... (\(bytes.count) bytes)" : digits
}
