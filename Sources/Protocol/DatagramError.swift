/// Whether a datagram tells of an error: it begins with `error:`, in capitals or not.
///
/// Such a datagram gets no answer. Otherwise one datagram with a forged sender would make two
/// servers tell each other for ever that they do not understand, even where one of them writes all
/// in capitals.
public func tellsOfError(_ datagram: some Collection<UInt8>) -> Bool {
    datagram.prefix(6).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        .elementsEqual("error:".utf8)
}
