import Console

/// Where a file is: `<server>:<port>:<name>`.
struct FileSource: CustomStringConvertible {
    let host: String
    let port: Int
    let name: String

    /// Splits at the first two colons; an IPv6 address stands in brackets.
    ///
    /// - Throws: `UsageError`.
    init(_ text: String) throws(UsageError) {
        let isBracketed = text.hasPrefix("[")
        let end = isBracketed ? text.firstIndex(of: "]") : text.firstIndex(of: ":")
        guard let end else { throw Self.misshapen(text) }
        let hostStart = isBracketed ? text.index(after: text.startIndex) : text.startIndex
        let rest = text[end...].drop { $0 == "]" }
        let parts = rest.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, hostStart < end, !parts[2].isEmpty else {
            throw Self.misshapen(text)
        }
        guard let port = Int(parts[1]), (1...65_535).contains(port) else {
            throw UsageError("'\(parts[1])' is no port; it is a whole number from 1 to 65535")
        }
        self.host = String(text[hostStart..<end])
        self.port = port
        self.name = String(parts[2])
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func misshapen(_ text: String) -> UsageError {
        UsageError(
            "'\(text)' is not of the form <server>:<port>:<name>, as in localhost:12000:a.txt")
    }
}
