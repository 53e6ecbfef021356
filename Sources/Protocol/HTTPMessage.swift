/// A request for the page under a path of a web server.
///
/// Source: RFC 9112, section 3.
public struct HTTPRequest: Sendable, Equatable, CustomStringConvertible {
    /// The path with its query, percent-encoded: `/index.html?page=2`.
    public let path: String
    /// The server's name, and its port if that is not 80.
    public let host: String

    /// Makes a request. Neither part may hold a blank or a line end, for they would end it.
    public init(path: String, host: String) {
        self.path = path
        self.host = host
    }

    /// The request's first line.
    public var description: String { "GET \(path) HTTP/1.1" }

    /// The text to send. It tells the server that no second request follows.
    public var encoded: String {
        "\(description)\r\nHost: \(host)\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    }
}

/// The head of a response, before its body: the status line and the header fields.
///
/// Source: RFC 9112, sections 4 and 5.
public struct HTTPResponseHead: Sendable, Equatable {
    /// The most bytes of a head. The limit keeps a server from filling the memory.
    public static let limit = 65_536

    /// The status, 100 to 999: 2xx is success.
    public let status: Int
    /// The server's words for the status, perhaps none. Escape them before printing.
    public let reason: String
    /// The head as it came, with the empty line that ends it.
    public let bytes: [UInt8]

    /// The head for a terminal, line by line, with visible control characters.
    public var escaped: String {
        Self.lines(of: bytes).dropLast().map { $0.escaped + "\n" }.joined()
    }

    private let fields: [(name: String, value: String)]

    /// The values of all fields with a name, in the order in which they came.
    ///
    /// - Parameter name: In lower case; servers write names in any case.
    public subscript(name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// Reads a head.
    ///
    /// - Parameter bytes: All of it, with the empty line at its end. A line may end in `\n` alone.
    /// - Throws: `ProtocolError` if it is none.
    init(_ bytes: [UInt8]) throws(ProtocolError) {
        var lines = Self.lines(of: bytes)[...]
        (status, reason) = try Self.statusLine(lines.removeFirst())
        fields = try Self.fields(lines.prefix { !$0.isEmpty })
        self.bytes = bytes
    }

    /// Compares the heads as they came.
    public static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }

    private static func lines(of bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self) }
    }

    private static func statusLine(_ line: String) throws(ProtocolError) -> (Int, String) {
        let parts = line.utf8.split(
            separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false
        ).map(Substring.init)
        guard parts.count >= 2, parts[1].utf8.count == 3, parts[1].utf8.allSatisfy(isDigit),
            let status = Int(parts[1]), status >= 100
        else { throw ProtocolError("the server's first line '\(line.escaped)' has no status") }
        guard parts[0].hasPrefix("HTTP/1.") else {
            throw ProtocolError("the server speaks '\(parts[0].description.escaped)', not HTTP/1.1")
        }
        return (status, parts.count > 2 ? String(parts[2]) : "")
    }

    private static func fields(
        _ lines: ArraySlice<String>
    ) throws(ProtocolError) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for line in lines {
            // A line that begins with a blank continues the field before it (RFC 9112, 5.2).
            if line.utf8.first?.isBlank == true, let last = fields.indices.last {
                fields[last].value += " " + line.utf8Trimmed
                continue
            }
            // Look at bytes, not characters: a mark that combines with the colon would hide the
            // colon.
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                !line.utf8[..<colon].contains(where: \.isBlank)
            else { throw ProtocolError("the server's line '\(line.escaped)' is no header field") }
            let name = Substring(line.utf8[..<colon])
            let value = Substring(line.utf8[line.utf8.index(after: colon)...])
            fields.append((name.lowercased(), String(value.utf8Trimmed)))
        }
        return fields
    }
}

/// A piece of a response. The pieces come in this order: one head, the body's pieces, one end.
public enum HTTPResponsePart: Sendable, Equatable, CustomStringConvertible {
    /// Status and header fields.
    case head(HTTPResponseHead)
    /// The next bytes of the body, without their frame.
    case body([UInt8])
    /// The response is whole.
    case end

    public var description: String {
        switch self {
        case .head(let head): "\(head.status) \(head.reason.escaped)"
        case .body(let bytes): "\(bytes.count) bytes of the body"
        case .end: "end of the body"
        }
    }
}

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
