/// The response of a web server to one request, in pieces, so that a body may have any length.
///
/// Source: RFC 9112, sections 6 and 7.
public struct HTTPFraming: Framing {
    /// The meaning of the next bytes.
    private enum State: Equatable {
        case head
        /// A body of known length; `missing` bytes of it have not come.
        case counted(missing: Int)
        case chunkSize
        case chunk(missing: Int)
        case chunkEnd
        /// The fields after the last chunk; `length` bytes of them have come.
        case trailer(length: Int)
        case untilClose
        case ended
    }

    /// The longest line with a chunk's size and its extensions.
    private static let chunkLineLimit = 4_096

    private var state = State.head
    /// The bytes at the front of the queue that are known not to end the head.
    private var scanned = 0
    /// The number of bytes of the body that have come, for the error if it is cut off.
    private var received = 0

    /// Makes a framing for one connection, which carries one response.
    public init() {}

    public mutating func decode(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> HTTPResponsePart? {
        while true {
            let before = state
            if let part = try step(&input) { return part }
            if state == before { return nil }
        }
    }

    public mutating func decodeAtEnd(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> HTTPResponsePart? {
        switch state {
        case .ended: return nil
        case .untilClose:
            state = .ended
            return .end
        case .head:
            guard !input.isEmpty else { return nil }
            throw ProtocolError("the server closed the connection in the middle of the header")
        case .counted(let missing):
            throw ProtocolError(
                "the server closed the connection after \(received) of "
                    + "\(received + missing) bytes of the body")
        case .chunkSize, .chunk, .chunkEnd, .trailer:
            throw ProtocolError(
                "the server closed the connection in the middle of the body, "
                    + "after \(received) bytes")
        }
    }

    public func silence(after input: ByteQueue) -> Silence {
        switch state {
        case .head: Silence(input.isEmpty ? nil : "\(input.count) bytes", of: "the header")
        case .counted(let missing):
            Silence("\(received) of \(received + missing) bytes", of: "the body")
        case .chunkSize, .chunk, .chunkEnd, .trailer, .untilClose:
            Silence("\(received) bytes", of: "the body")
        case .ended: Silence(nil, of: "the body")
        }
    }

    public func encode(_ message: HTTPRequest, into output: inout [UInt8]) {
        output.append(contentsOf: message.encoded.utf8)
    }
}

extension HTTPFraming {
    /// Takes one piece. It may return nothing and only change the state.
    private mutating func step(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> HTTPResponsePart? {
        switch state {
        case .head:
            guard let head = try takeHead(&input) else { return nil }
            state = try Self.bodyState(after: head)
            return .head(head)
        case .counted(missing: 0):
            state = .ended
            return .end
        case .counted(let missing):
            guard let bytes = takeBody(&input, upTo: missing) else { return nil }
            state = .counted(missing: missing - bytes.count)
            return .body(bytes)
        case .untilClose:
            return takeBody(&input, upTo: .max).map { .body($0) }
        case .chunkSize, .chunk, .chunkEnd, .trailer:
            return try stepInChunks(&input)
        case .ended:
            return nil
        }
    }

    private mutating func stepInChunks(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> HTTPResponsePart? {
        if case .chunk(let missing) = state {
            guard let bytes = takeBody(&input, upTo: missing) else { return nil }
            state = missing == bytes.count ? .chunkEnd : .chunk(missing: missing - bytes.count)
            return .body(bytes)
        }
        guard let line = try takeLine(&input) else { return nil }
        switch state {
        case .chunkSize:
            let size = try Self.chunkSize(line)
            state = size == 0 ? .trailer(length: 0) : .chunk(missing: size)
        case .trailer where line.isEmpty:
            state = .ended
            return .end
        case .trailer(let length):
            guard length + line.utf8.count <= HTTPResponseHead.limit else {
                throw ProtocolError("the fields after the body are longer than 64 KiB")
            }
            state = .trailer(length: length + line.utf8.count)
        default:
            guard line.isEmpty else {
                throw ProtocolError("a chunk of the body is longer than it says")
            }
            state = .chunkSize
        }
        return nil
    }

    /// Takes the head from the queue once its empty line is there.
    private mutating func takeHead(
        _ input: inout ByteQueue
    ) throws(ProtocolError) -> HTTPResponseHead? {
        let start = Array("HTTP/".utf8)
        guard input.bytes.prefix(start.count).elementsEqual(start.prefix(input.count)) else {
            let text = String(decoding: input.bytes.prefix(40), as: UTF8.self).escaped
            throw ProtocolError("this is no web server: it answers '\(text)'")
        }
        while let newline = input.bytes.dropFirst(scanned).firstIndex(of: UInt8(ascii: "\n")) {
            let line = input.bytes[..<newline].dropFirst(scanned)
            let length = scanned + line.count + 1
            let isEmpty = line.isEmpty || line.elementsEqual([UInt8(ascii: "\r")])
            guard length <= HTTPResponseHead.limit else { break }
            scanned = isEmpty ? 0 : length
            guard isEmpty else { continue }
            let head = try HTTPResponseHead(input.takeFirst(length))
            // Interim responses such as 100 Continue come before the real one.
            return (100...199).contains(head.status) ? try takeHead(&input) : head
        }
        guard input.count <= HTTPResponseHead.limit else {
            throw ProtocolError("the server's header is longer than 64 KiB")
        }
        return nil
    }

    private mutating func takeBody(_ input: inout ByteQueue, upTo limit: Int) -> [UInt8]? {
        guard !input.isEmpty else { return nil }
        let bytes = input.takeFirst(limit)
        received += bytes.count
        return bytes
    }

    /// Takes a line of the chunked form, without its end.
    private func takeLine(_ input: inout ByteQueue) throws(ProtocolError) -> String? {
        let bytes = input.bytes
        let newline = bytes.firstIndex(of: UInt8(ascii: "\n"))
        var line = bytes[..<(newline ?? bytes.endIndex)]
        // The `\r` belongs to the line end, even if the `\n` has not come yet.
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        guard line.count <= Self.chunkLineLimit else {
            throw ProtocolError(
                "a line in the chunked body is longer than \(Self.chunkLineLimit) bytes")
        }
        guard let newline else { return nil }
        let text = String(decoding: line, as: UTF8.self)
        input.removeFirst(newline + 1 - bytes.startIndex)
        return text
    }

    /// How the body after a head is framed (RFC 9112, 6.3).
    private static func bodyState(after head: HTTPResponseHead) throws(ProtocolError) -> State {
        if head.status == 204 || head.status == 304 { return .counted(missing: 0) }
        let codings = head["transfer-encoding"].flatMap { $0.utf8Split(at: ",") }
        if !codings.isEmpty {
            guard codings.count == 1, codings[0].lowercased() == "chunked" else {
                throw ProtocolError(
                    "the body comes as '\(codings.joined(separator: ", ").escaped)', "
                        + "of which this program understands only 'chunked'")
            }
            return .chunkSize
        }
        let fields = head["content-length"]
        guard !fields.isEmpty else { return .untilClose }
        let lengths = Set(fields.flatMap { $0.utf8Split(at: ",") })
        guard lengths.count == 1, let length = lengths.first, length.utf8.allSatisfy(isDigit),
            let count = Int(length)
        else {
            throw ProtocolError(
                "'\(fields.joined(separator: ", ").escaped)' is no length of a body")
        }
        return .counted(missing: count)
    }

    /// Reads a chunk's size, hexadecimal, after which an extension may follow a semicolon.
    private static func chunkSize(_ line: String) throws(ProtocolError) -> Int {
        let digits = Substring(line.utf8.prefix { $0 != UInt8(ascii: ";") }).utf8Trimmed
        guard
            digits.utf8.first.map({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) ?? false,
            let size = Int(digits, radix: 16)
        else {
            throw ProtocolError("'\(line.prefix(40).description.escaped)' is no size of a chunk")
        }
        return size
    }
}
