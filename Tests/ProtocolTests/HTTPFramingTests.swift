import Protocol
import Testing

/// Responses as RFC 9112 frames them, in any pieces.
@Suite struct HTTPFramingTests {
    // MARK: Bodies

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and what is not asked for", "hello"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""),
        ("HTTP/1.1 200 OK\r\ncontent-LENGTH:\t5 \r\nContent-Length: 5, 5\r\n\r\nhello", "hello"),
        ("HTTP/1.0 200 OK\r\n\r\nuntil the end\r\n\r\n", "until the end\r\n\r\n"),
        ("HTTP/1.1 200\r\n\r\n", ""), ("HTTP/1.1 200 \nA: b\n\nhello", "hello"),
        ("HTTP/1.1 204 No Content\r\n\r\nhello", ""),
        ("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", ""),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello"
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\nhello\r\nA;name=\"value\"\r\n, worldly!\r\n0\r\n\r\n", "hello, worldly!"
        ),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\nContent-Length: 3\r\n\r\n"
                + "00010 \n15 bytes of text\n000\nTrailer: x\nOther: y\n\nmore",
            "15 bytes of text"
        ),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", ""),
    ])
    func aBodyIsFoundHoweverItComes(response: String, body: String) throws {
        let bytes = Array(response.utf8)
        for middle in 0...bytes.count {
            let parts = try self.parts([bytes[..<middle], bytes[middle...]])
            #expect(parts == Response(body: body), "in two pieces at \(middle)")
        }
        let parts = try self.parts(bytes.indices.map { bytes[$0...$0] })
        #expect(parts == Response(body: body), "a byte at a time")
    }

    // MARK: Heads

    @Test func aHeadHasStatusReasonAndFields() throws {
        let text = """
            HTTP/1.1 404 Not  Found\r\nServer: a b\r\nset-cookie: x\r\nSet-Cookie:y\r\n\
            Long: one\r\n  two\r\n\tthree\r\nEmpty:\r\nColon: a:b\r\nContent-Length: 0\r\n\r\n
            """
        var framing = HTTPFraming()
        var input = ByteQueue()
        input.append(Array(text.utf8))
        guard case .head(let head) = try framing.decode(&input) else {
            Issue.record("no head")
            return
        }
        #expect(head.status == 404)
        #expect(head.reason == "Not  Found")
        #expect(head["server"] == ["a b"])
        #expect(head["set-cookie"] == ["x", "y"])
        #expect(head["long"] == ["one two three"])
        #expect(head["empty"] == [""])
        #expect(head["colon"] == ["a:b"])
        #expect(head["none"].isEmpty)
        #expect(head.bytes == Array(text.utf8))
        #expect(try framing.decode(&input) == .end)
        #expect(try framing.decode(&input) == nil)
    }

    @Test(arguments: [
        ("hello there", "this is no web server: it answers 'hello there'"),
        ("X", "this is no web server: it answers 'X'"),
        (
            "HTTP 200 OK\r\n\r\n",
            "this is no web server: it answers 'HTTP 200 OK\\u{D}\\u{A}\\u{D}\\u{A}'"
        ),
        ("HTTP/2.0 200 OK\r\n\r\n", "the server speaks 'HTTP/2.0', not HTTP/1.1"),
        ("HTTP/1.1\r\n\r\n", "the server's first line 'HTTP/1.1' has no status"),
        ("HTTP/1.1 20 OK\r\n\r\n", "the server's first line 'HTTP/1.1 20 OK' has no status"),
        ("HTTP/1.1 099 OK\r\n\r\n", "the server's first line 'HTTP/1.1 099 OK' has no status"),
        ("HTTP/1.1 -12 \r\n\r\n", "the server's first line 'HTTP/1.1 -12 ' has no status"),
        ("HTTP/1.1 200 OK\r\nno field\r\n\r\n", "the server's line 'no field' is no header field"),
        ("HTTP/1.1 200 OK\r\n: x\r\n\r\n", "the server's line ': x' is no header field"),
        ("HTTP/1.1 200 OK\r\nA : x\r\n\r\n", "the server's line 'A : x' is no header field"),
        ("HTTP/1.1 200 OK\r\n x\r\n\r\n", "the server's line ' x' is no header field"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            "'5, 6' is no length of a body"
        ),
        ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "'-5' is no length of a body"),
        ("HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n", "'+5' is no length of a body"),
        ("HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n", "'' is no length of a body"),
        ("HTTP/1.1 200 OK\r\nContent-Length: ,\r\n\r\n", "',' is no length of a body"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "'99999999999999999999' is no length of a body"
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "the body comes as 'gzip, chunked', of which this program understands only 'chunked'"
        ),
    ])
    func whatIsNoResponseIsAnError(response: String, error: String) throws {
        #expect(throws: ProtocolError(error)) { try parts([Array(response.utf8)[...]]) }
    }

    @Test func aHeadHasAtMost64KiB() throws {
        let start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: "
        let longest = start + String(repeating: "a", count: 65_536 - start.utf8.count - 4)
        #expect(try parts([Array((longest + "\r\n\r\n").utf8)[...]]) == Response(body: ""))
        let error = ProtocolError("the server's header is longer than 64 KiB")
        #expect(throws: error) { try parts([Array((longest + "a\r\n\r\n").utf8)[...]]) }
        // With no line end in it, and in many pieces.
        let endless = Array(start.utf8) + [UInt8](repeating: 0x61, count: 1 << 20)
        let pieces = stride(from: 0, to: endless.count, by: 10_000).map {
            endless[$0..<min($0 + 10_000, endless.count)]
        }
        #expect(throws: error) { try parts(pieces) }
    }

    // MARK: Ends, chunks

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nA", "the server closed the connection in the middle of the header"),
        ("HTT", "the server closed the connection in the middle of the header"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
            "the server closed the connection after 5 of 10 bytes of the body"
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
            "the server closed the connection in the middle of the body, after 3 bytes"
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            "the server closed the connection in the middle of the body, after 5 bytes"
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
            "the server closed the connection in the middle of the body, after 0 bytes"
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n",
            "a chunk of the body is longer than it says"
        ),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "'x' is no size of a chunk"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
            "'-5' is no size of a chunk"
        ),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", "'' is no size of a chunk"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
            "'FFFFFFFFFFFFFFFFF' is no size of a chunk"
        ),
    ])
    func whatBreaksOffIsAnError(response: String, error: String) {
        let bytes = Array(response.utf8)
        for pieces in [[bytes[...]], bytes.indices.map { bytes[$0...$0] }] {
            #expect(throws: ProtocolError(error)) { try parts(pieces) }
        }
    }

    @Test func linesBetweenChunksAreBounded() {
        let start = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let long = start + "5;" + String(repeating: "x", count: 5_000)
        #expect(
            throws: ProtocolError("a line in the chunked body is longer than 4096 bytes")
        ) { try parts([Array(long.utf8)[...]]) }
        let fields = start + "0\r\n" + String(repeating: "Field: x\r\n", count: 10_000)
        #expect(
            throws: ProtocolError("the fields after the body are longer than 64 KiB")
        ) { try parts([Array(fields.utf8)[...]]) }
    }

    @Test func theLimitOfSuchALineDoesNotDependOnHowItIsCut() throws {
        let start = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        for end in ["\r\n", "\n"] {
            for length in [4_096, 4_097] {
                let line = "0;" + String(repeating: "x", count: length - 2) + end
                let bytes = Array((start + line + "\r\n").utf8)
                for pieces in [[bytes[...]], bytes.indices.map { bytes[$0...$0] }] {
                    let response = try? parts(pieces)
                    #expect(response == (length == 4_096 ? Response(body: "") : nil))
                }
            }
        }
    }

    @Test func aMarkThatCombinesHidesNoSeparator() throws {
        let mark = "\u{301}"
        var framing = HTTPFraming()
        var input = ByteQueue()
        let text = "HTTP/1.1 200 \(mark)OK\nName:\(mark)x\nTransfer-Encoding:\t,chunked\n\n"
        input.append(Array((text + "2;\(mark)\nhi\n0\n\n").utf8))
        guard case .head(let head) = try framing.decode(&input) else {
            Issue.record("no head")
            return
        }
        #expect(head.reason == "\(mark)OK")
        #expect(head["name"] == ["\(mark)x"])
        #expect(try framing.decode(&input) == .body(Array("hi".utf8)))
        #expect(try framing.decode(&input) == .end)
        #expect(
            throws: ProtocolError("'5,\(mark)5' is no length of a body")
        ) { try parts([Array("HTTP/1.1 200 \nContent-Length: 5,\(mark)5\n\n".utf8)[...]]) }
    }

    @Test func aHeadIsMadeVisibleForATerminal() throws {
        var framing = HTTPFraming()
        var input = ByteQueue()
        input.append(Array("HTTP/1.1 200 \u{1B}[2J\r\nA: \u{9B}b\tc\rd\n\r\n".utf8))
        guard case .head(let head) = try framing.decode(&input) else {
            Issue.record("no head")
            return
        }
        #expect(head.escaped == "HTTP/1.1 200 \\u{1B}[2J\nA: \\u{9B}b\tc\\u{D}d\n\n")
    }

    @Test func nothingAtAllIsAnEmptyStream() throws {
        var framing = HTTPFraming()
        var input = ByteQueue()
        #expect(try framing.decode(&input) == nil)
        #expect(try framing.decodeAtEnd(&input) == nil)
    }

    @Test(arguments: 0..<20)
    func noiseIsNoTrap(seed: UInt64) {
        expectNoTrap(by: HTTPFraming(), seed: seed)
        var chance = FixedChance(seed: seed)
        let start = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        let letters = Array("0123456789abcdef;\r\n:\u{0} ".utf8)
        for _ in 0..<200 {
            let noise = chance.bytes(40).map { letters[Int($0) % letters.count] }
            _ = try? parts([start[...], noise[...]])
        }
    }

    // MARK: Requests

    @Test func aRequestIsToTheByte() {
        let request = HTTPRequest(path: "/a?b", host: "[::1]:8000")
        #expect(
            encoded(request, by: HTTPFraming())
                == Array(
                    ("GET /a?b HTTP/1.1\r\nHost: [::1]:8000\r\nAccept: */*\r\n"
                        + "Connection: close\r\n\r\n").utf8))
    }

    // MARK: Steps

    /// A response with its body put together.
    private struct Response: Equatable {
        var heads = 1
        var body: String
        var ends = 1
    }

    private func parts(_ pieces: [ArraySlice<UInt8>]) throws(ProtocolError) -> Response {
        var framing = HTTPFraming()
        var input = ByteQueue()
        var response = Response(heads: 0, body: "", ends: 0)
        var body: [UInt8] = []
        func take(_ part: HTTPResponsePart) {
            switch part {
            case .head: response.heads += 1
            case .body(let bytes): body += bytes
            case .end: response.ends += 1
            }
        }
        for piece in pieces {
            input.append(piece)
            while let part = try framing.decode(&input) { take(part) }
        }
        while let part = try framing.decodeAtEnd(&input) { take(part) }
        response.body = String(decoding: body, as: UTF8.self)
        return response
    }
}
