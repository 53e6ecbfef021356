/// The requests of web clients, as a program beside a web server sees them; without bodies.
///
/// A message is the request line, in words: `GET /index.html HTTP/1.1`.
///
/// Source: RFC 9112, section 3.
public struct HTTPRequestFraming: Framing {
    /// How many bytes at the front of the queue are known not to hold the empty line.
    private var scanned = 0

    /// Makes a framing for one client.
    public init() {}

    public mutating func decode(_ input: inout ByteQueue) throws(ProtocolError) -> String? {
        let bytes = input.bytes
        while let newline = bytes.dropFirst(scanned).firstIndex(of: UInt8(ascii: "\n")) {
            let line = bytes[..<newline].dropFirst(scanned)
            let isEmpty = line.isEmpty || line.elementsEqual([UInt8(ascii: "\r")])
            if isEmpty, scanned > 0 {
                scanned = 0
                let head = input.takeFirst(newline + 1 - bytes.startIndex)
                let first = head.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
                return String(decoding: first, as: UTF8.self)
            }
            scanned += line.count + 1
        }
        guard input.count <= HTTPResponseHead.limit else {
            throw ProtocolError("the client's header is longer than 64 KiB")
        }
        return nil
    }

    public func encode(_ message: HTTPRequest, into output: inout [UInt8]) {
        output.append(contentsOf: message.encoded.utf8)
    }
}
