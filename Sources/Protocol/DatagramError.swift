/// Whether a datagram is an error message: it begins with `error:`, in capitals or not.
///
/// Such a datagram gets no answer. Otherwise one datagram with a forged sender would make two
/// servers send errors to each other for ever, even if one of them writes all in capitals.
public func tellsOfError(_ datagram: [UInt8]) -> Bool {
    let beginning = "error:".utf8
    // This is neither generic nor uses a second array, for it runs for every datagram.
    return datagram.count >= beginning.count
        && zip(datagram, beginning).allSatisfy { byte, expected in
            byte == expected || (0x41...0x5A).contains(byte) && byte | 0x20 == expected
        }
}
