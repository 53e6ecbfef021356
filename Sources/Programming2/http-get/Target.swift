import Console
import Protocol

/// The server and the page: the parts of a URL.
///
/// Source: RFC 3986, section 3; RFC 9110, section 4.2.1.
struct Target: Equatable {
    /// A name or an address, without brackets.
    let host: String
    /// 1 to 65,535; 80 unless the URL says otherwise.
    let port: Int
    /// The path with its query, percent-encoded.
    let path: String

    /// The `Host` field: it tells the server which name is meant, for one address may serve many
    /// names.
    var hostField: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return port == 80 ? host : "\(host):\(port)"
    }

    /// Reads `example.com`, `localhost:8000` or a whole URL.
    ///
    /// - Parameter path: The path, unless it is a part of `address`.
    /// - Throws: `UsageError` for any other text, and for `https://`.
    init(_ address: String, path: String? = nil) throws {
        let rest = try Self.withoutScheme(address)
        let authority = rest.prefix { !"/?#".contains($0) }
        (host, port) = try Self.hostAndPort(authority)

        let remaining = rest[authority.endIndex...]
        guard remaining.isEmpty || path == nil else {
            throw UsageError("'\(address)' holds a path already; leave '\(path ?? "")' out")
        }
        self.path = Self.encoded(path ?? String(remaining))
    }

    private static func withoutScheme(_ address: String) throws -> Substring {
        // Look only at the front: a path or a query may hold another URL.
        let scheme = address.prefix { !":/?#".contains($0) }
        let rest = address[scheme.endIndex...]
        guard rest.hasPrefix("://") else { return address[...] }
        switch scheme.lowercased() {
        case "http": return rest.dropFirst(3)
        case "https":
            throw UsageError("https:// is encrypted, which this program cannot do; try http://")
        default: throw UsageError("'\(scheme)://' is not understood, only http:// is")
        }
    }

    private static func hostAndPort(_ authority: Substring) throws -> (String, Int) {
        guard !authority.contains("@") else {
            throw UsageError("'\(authority)' holds a user name, which this program cannot send")
        }
        var host = authority.prefix { $0 != ":" }
        var rest = authority[host.endIndex...]
        if authority.first == "[", let end = authority.firstIndex(of: "]") {
            host = authority[..<end].dropFirst()
            rest = authority[end...].dropFirst()
        }
        guard rest.isEmpty || rest.first == ":", rest.dropFirst().allSatisfy({ $0 != ":" }) else {
            throw UsageError("'\(authority)' is no host; an IPv6 address stands in brackets: [::1]")
        }
        // Allow no character that could end the line with the host's name.
        guard !host.isEmpty, host.utf8.allSatisfy(isPartOfHost) else {
            throw UsageError("'\(host)' is no name of a host")
        }
        let digits = rest.dropFirst()
        if digits.isEmpty { return (String(host), 80) }
        guard let port = Int(digits), digits.utf8.first != UInt8(ascii: "+"),
            (1...65_535).contains(port)
        else { throw UsageError("'\(digits)' is not a port from 1 to 65535") }
        return (String(host), port)
    }

    private static func isPartOfHost(_ byte: UInt8) -> Bool {
        let scalar = Unicode.Scalar(byte)
        return scalar.isASCII
            && (scalar.properties.isAlphabetic
                || "0123456789-._~:%".unicodeScalars.contains(scalar))
    }

    /// The path for a request: it begins with a slash and ends before a `#`. Characters that are
    /// not allowed in a URL, such as blanks, line ends and umlauts, become `%20` and so on.
    private static func encoded(_ path: String) -> String {
        let allowed = "-._~!$&'()*+,;=:@/?%".utf8
        var result = path.hasPrefix("/") ? "" : "/"
        for byte in path.utf8.prefix(while: { $0 != UInt8(ascii: "#") }) {
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || allowed.contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            {
                result.unicodeScalars.append(scalar)
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
