import Console

/// The place of a file: `<server>:<port>:<name>`.
struct FileSource: CustomStringConvertible {
    let host: String
    let port: Int
    let name: String

    /// Splits at the first two colons; an IPv6 address stands in brackets.
    ///
    /// - Throws: `UsageError`.
    init(_ text: String) throws(UsageError) {
        // Look at bytes, not characters: a mark that combines with a colon would hide the colon.
        let bytes = text.utf8
        let isBracketed = bytes.first == UInt8(ascii: "[")
        let mark = isBracketed ? UInt8(ascii: "]") : UInt8(ascii: ":")
        guard let end = bytes.firstIndex(of: mark) else { throw Self.misshapen(text) }
        let host = bytes[..<end].dropFirst(isBracketed ? 1 : 0)
        let parts = bytes[end...].dropFirst(isBracketed ? 1 : 0)
            .split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !host.isEmpty, parts[0].isEmpty, !parts[2].isEmpty else {
            throw Self.misshapen(text)
        }
        let digits = parts[1].allSatisfy { (0x30...0x39).contains($0) }
        guard digits, let port = Int(Substring(parts[1])), (1...65_535).contains(port) else {
            throw UsageError(
                "'\(Substring(parts[1]))' is no port; it is a whole number from 1 to 65535")
        }
        self.host = String(Substring(host))
        self.port = port
        self.name = String(Substring(parts[2]))
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func misshapen(_ text: String) -> UsageError {
        UsageError(
            "'\(text)' is not of the form <server>:<port>:<name>, as in localhost:12000:a.txt")
    }
}
