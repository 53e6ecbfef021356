/// Writes the bytes of a text for a trace: `"SEND_DATE" [53 45 4e 44 ...]`.
public func shown(_ bytes: [UInt8]) -> String {
    "\"\(String(decoding: bytes, as: UTF8.self).escaped)\" [\(hexadecimal(bytes))]"
}

/// Writes bytes for people: `3c 00 00 00`. It shows at most 64 of them, and then their number.
public func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
    let digits = bytes.prefix(64).map { byte in
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }.joined(separator: " ")
    return bytes.count > 64 ? "\(digits) ... (\(bytes.count) bytes)" : digits
}
