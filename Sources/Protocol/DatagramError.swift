/// Whether a datagram tells of an error: it begins with `error:`, in capitals or not.
///
/// Such a datagram gets no answer. Otherwise one datagram with a forged sender would make two
/// servers tell each other for ever that they do not understand, even where one of them writes all
/// in capitals.
public func tellsOfError(_ datagram: [UInt8]) -> Bool {
    let beginning = "error:".utf8
    // Not generic and without an array between: it is asked of every datagram.
    return datagram.count >= beginning.count
        && zip(datagram, beginning).allSatisfy { byte, expected in
            byte == expected || (0x41...0x5A).contains(byte) && byte | 0x20 == expected
        }
}
