/// A browser's request to the live page.
///
/// The page is for this machine alone. A name that somebody has pointed here, or a page of another
/// origin, gets nothing: otherwise any web site could read the conversations through the browser.
///
/// Source: RFC 9112, sections 3 and 5; RFC 6454 for origins; W3C, "Fetch Metadata".
enum PageRequest: Equatable {
    /// The page itself.
    case page
    /// The events after the one of this id; after none, everything that is kept.
    case events(after: String?)

    /// How many bytes the head of a request may have.
    static let limit = 8_192

    /// Reads the head of a request, up to the empty line.
    ///
    /// - Parameter port: The page's own port, which must stand in the request.
    /// - Throws: `PageRefusal` for everything that is not answered.
    init(_ head: some Collection<UInt8>, port: Int) throws(PageRefusal) {
        var lines = head.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { $0.suffix(1).elementsEqual([0x0D]) ? $0.dropLast() : $0 }
        guard lines.allSatisfy({ $0.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } })
        else { throw .malformed }
        let words = lines.removeFirst().split(
            separator: UInt8(ascii: " "), omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        guard words.count == 3, Self.isToken(words[0].utf8), words[1].hasPrefix("/"),
            words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0"
        else { throw .malformed }
        var fields: [String: [String]] = [:]
        for line in lines.prefix(while: { !$0.isEmpty }) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), Self.isToken(line[..<colon])
            else { throw .malformed }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let value = String(decoding: line[colon...].dropFirst(), as: UTF8.self)
            fields[name, default: []].append(value.withoutOuterBlanks)
        }
        try Self.checkOrigin(fields, port)
        guard words[1] == "/" || words[1] == "/events" else { throw .unknown }
        guard words[0] == "GET" else { throw .method }
        self = words[1] == "/" ? .page : .events(after: fields["last-event-id"]?.first)
    }

    /// Refuses a request by a foreign name, or from a page of somebody else's.
    private static func checkOrigin(
        _ fields: [String: [String]], _ port: Int
    ) throws(PageRefusal) {
        guard let hosts = fields["host"], hosts.count == 1 else { throw .malformed }
        let host = hosts[0].lowercased()
        let own = ["127.0.0.1", "localhost", "[::1]"]
        guard own.contains(where: { host == "\($0):\(port)" || port == 80 && host == $0 }),
            (fields["origin"] ?? []).allSatisfy({ $0.lowercased() == "http://\(host)" }),
            (fields["sec-fetch-site"] ?? []).allSatisfy({ $0 == "same-origin" || $0 == "none" })
        else { throw .foreign(port: port) }
    }

    /// Whether the bytes may be a method or the name of a field.
    private static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
        let marks = "!#$%&'*+-.^_`|~".utf8
        return !bytes.isEmpty
            && bytes.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || marks.contains(byte)
            }
    }
}

/// Why a request is not answered, as the browser is told.
struct PageRefusal: Error, Equatable {
    /// The status line without the version.
    let status: String
    /// The mistake, or the right way.
    let advice: String

    static let malformed = PageRefusal(
        status: "400 Bad Request", advice: "this is no request that the page understands")
    static let tooLong = PageRefusal(
        status: "431 Request Header Fields Too Large",
        advice: "the head of the request is longer than \(PageRequest.limit) bytes")
    static let unknown = PageRefusal(
        status: "404 Not Found", advice: "there is nothing here but / and /events")
    static let method = PageRefusal(
        status: "405 Method Not Allowed", advice: "the page can only be read, by GET")
    static func foreign(port: Int) -> PageRefusal {
        PageRefusal(
            status: "403 Forbidden",
            advice: "the page is for this machine alone; type http://127.0.0.1:\(port)/ as the "
                + "address, for a link from elsewhere does not open it")
    }
}

extension String {
    fileprivate var withoutOuterBlanks: String {
        func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
        let start = drop(while: isBlank)
        guard let end = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(start[...end])
    }
}
