/// Puts bytes that are text in a form for a trace: `"SEND_DATE" [53 45 4e 44 ...]`.
public func shown(_ bytes: [UInt8]) -> String {
    "\"\(String(decoding: bytes, as: UTF8.self).escaped)\" [\(hexadecimal(bytes))]"
}

/// Puts bytes in a form for people: `3c 00 00 00`, at most 64 of them and then how many there are.
public func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
    let digits = bytes.prefix(64).map { byte in
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }.joined(separator: " ")
    return bytes.count > 64 ? "\(digits) ... (\(bytes.count) bytes)" : digits
}
