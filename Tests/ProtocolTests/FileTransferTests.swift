import Protocol
import Testing

@Suite struct FileRequestTests {
    @Test func readsFramedRequests() throws {
        try expect(
            [FileRequest("é.txt", isFramed: true), FileRequest("", isFramed: true)],
            from: [0, 0, 0, 6, 0xC3, 0xA9, 0x2E, 0x74, 0x78, 0x74, 0, 0, 0, 0],
            by: FileRequestFraming())
        // In a framed name a newline is a normal character.
        try expect(
            [FileRequest("\n\u{FFFD}", isFramed: true, flaw: "the name is not UTF-8")],
            from: [0, 0, 0, 2, 0x0A, 0xFF], by: FileRequestFraming())
    }

    @Test func readsPlainRequests() throws {
        for ending in ["", "\n", "\r\n"] {
            try expect(
                [FileRequest("notes.txt", isFramed: false)],
                from: Array("notes.txt\(ending)".utf8), by: FileRequestFraming())
        }
        try expect(
            [FileRequest("a\u{FFFD}", isFramed: false, flaw: "the name is not UTF-8")],
            from: [0x61, 0xFF], by: FileRequestFraming())
    }

    @Test func limitsNames() throws {
        let name = [UInt8](repeating: 0x61, count: 4_096)
        let text = String(repeating: "a", count: 4_096)
        #expect(
            try deliver([[0, 0, 0x10, 0] + name], to: FileRequestFraming())
                == [FileRequest(text, isFramed: true)])
        #expect(
            try deliver([name[...]], to: FileRequestFraming())
                == [FileRequest(text, isFramed: false)])
        let start: [UInt8] = [0, 0, 0x10, 1]
        #expect(
            try deliver([start[...]], to: FileRequestFraming()) == [
                FileRequest("a name of 4097 bytes", isFramed: true, flaw: "name too long")
            ])
        expect(
            error:
                "message longer than 4096 bytes; send shorter ones, each with a newline at its end",
            from: name + [0x61, 0x61], by: FileRequestFraming())
    }

    @Test func refusesARequestCutOff() {
        let request: [UInt8] = [0, 0, 0, 2, 0x61, 0x62]
        for count in 1...5 {
            expect(
                error: "request cut off after \(count) bytes", from: Array(request.prefix(count)),
                by: FileRequestFraming())
        }
    }

    @Test func letsAPauseEndOnlyAPlainRequest() throws {
        var framing = FileRequestFraming()
        var input = ByteQueue()
        #expect(!framing.mayEndAtPause(input))
        input.append([0, 0])
        #expect(try framing.decode(&input) == nil)
        #expect(!framing.mayEndAtPause(input))
        input.removeAll()
        input.append("notes".utf8)
        #expect(try framing.decode(&input) == nil)
        #expect(framing.mayEndAtPause(input))
        #expect(try framing.decodeAtEnd(&input) == FileRequest("notes", isFramed: false))
    }

    @Test func writesRequests() throws {
        #expect(
            try FileRequest("é", isFramed: true).encoded() == [0, 0, 0, 2, 0xC3, 0xA9])
        #expect(try FileRequest("é", isFramed: false).encoded() == [0xC3, 0xA9])
        let longest = String(repeating: "a", count: 4_096)
        #expect(
            try FileRequest(longest, isFramed: true).encoded().prefix(5) == [0, 0, 0x10, 0, 0x61])
        for name in ["", "a\0b", longest + "a"] {
            #expect(throws: ProtocolError("a file's name has 1 to 4096 bytes, none of them NUL")) {
                try FileRequest(name, isFramed: true).encoded()
            }
        }
    }

    @Test func describesMessages() {
        let framing = FileRequestFraming()
        #expect(
            framing.describe(incoming: FileRequest("a\u{1B}", isFramed: true)).words
                == #"framed request for "a\u{1B}""#)
        #expect(framing.describe(outgoing: [1, 2]).words == "2 bytes")
        #expect(encoded([1, 2], by: framing) == [1, 2])
    }

    @Test func readsAnyBytes() {
        expectNoTrap(by: FileRequestFraming(), seed: 10, from: [0, 0, 0, 1, 10])
    }
}

@Suite struct FileReplyTests {
    /// The events of a reply at a client, with the file's bytes in one event.
    private func parse(
        _ pieces: [ArraySlice<UInt8>]
    ) throws -> (events: [FileReplyParser.Event], data: [UInt8]) {
        var parser = FileReplyParser()
        var events: [FileReplyParser.Event] = []
        var data: [UInt8] = []
        for piece in pieces {
            var rest = piece
            while let event = try parser.next(in: &rest) {
                if case .data(let range) = event {
                    #expect(!range.isEmpty)
                    data += piece[range]
                } else {
                    events.append(event)
                }
            }
            #expect(rest.isEmpty)
        }
        try parser.finish()
        return (events, data)
    }

    private func expectReply(
        _ events: [FileReplyParser.Event], _ data: [UInt8], from bytes: [UInt8],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        var ways = (0...bytes.count).map { [bytes[..<$0], bytes[$0...]] }
        ways.append(bytes.indices.map { bytes[$0...$0] })
        for pieces in ways {
            let reply = try parse(pieces)
            #expect(reply.events == events, sourceLocation: location)
            #expect(reply.data == data, sourceLocation: location)
        }
    }

    private func expectError(
        _ text: String, from bytes: [UInt8], at location: SourceLocation = #_sourceLocation
    ) {
        for pieces in [[bytes[...]], bytes.indices.map { bytes[$0...$0] }] {
            #expect(throws: ProtocolError(text), sourceLocation: location) { try parse(pieces) }
        }
    }

    @Test func readsAFile() throws {
        try expectReply([.size(0), .end], [], from: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        try expectReply(
            [.size(5), .end], [1, 2, 3, 4, 5],
            from: [0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 3, 1, 2, 3, 0, 2, 4, 5, 0, 0])
    }

    @Test func readsBlocksOfAnyLength() throws {
        for length in [1_024, 1_025, 65_535] {
            let block = [UInt8](repeating: 7, count: length)
            let header = [UInt8(length >> 8), UInt8(length & 255)]
            let size: [UInt8] = [0, 0, 0, 0, 0, 0, 0] + header
            let reply = try parse([[0] + size.suffix(8) + header + block + [0, 0]])
            #expect(reply.events == [.size(UInt64(length)), .end])
            #expect(reply.data == block)
        }
    }

    @Test func readsARefusal() throws {
        try expectReply([.refused("no é")], [], from: [1, 0, 5, 0x6E, 0x6F, 0x20, 0xC3, 0xA9])
        try expectReply([.refused("")], [], from: [1, 0, 0])
        try expectReply([.refused("\u{FFFD}")], [], from: [1, 0, 1, 0xFF])
    }

    @Test func refusesWrongSums() {
        expectError(
            "file ended after 1 of 2 bytes", from: [0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 9, 0, 0])
        expectError("more bytes than the 2 announced", from: [0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3])
        expectError(
            "more bytes than the 2 announced",
            from: [0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 9, 9, 0, 1, 9, 0, 0])
        expectError(
            "file ended after 0 of 18446744073709551615 bytes",
            from: [0] + [UInt8](repeating: 0xFF, count: 8) + [0, 0])
    }

    @Test func refusesWhatIsNoReply() {
        let advice = "0 brings a file, 1 refuses it. A server that sends bare files needs --plain"
        expectError("unknown status 2; \(advice)", from: [2])
        expectError("unknown status 72; \(advice)", from: [72])
        expectError("1 bytes after the end of the reply", from: [1, 0, 0, 7])
        expectError(
            "1 bytes after the end of the reply", from: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    }

    @Test func refusesAReplyCutOff() {
        expectError(
            "connection closed without a reply; a server that sends bare files needs --plain",
            from: [])
        let reply: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 8, 9, 0, 0]
        for count in 1..<9 {
            expectError("reply cut off at its beginning", from: Array(reply.prefix(count)))
        }
        for (count, bytes) in [(9, 0), (10, 0), (11, 0), (12, 1), (13, 2), (14, 2)] {
            expectError(
                "transfer cut off after \(bytes) of 2 bytes", from: Array(reply.prefix(count)))
        }
        for refusal in [[1], [1, 0], [1, 0, 2], [1, 0, 2, 65]] as [[UInt8]] {
            expectError("reply cut off at its beginning", from: refusal)
        }
    }

    @Test func writesReplies() {
        #expect(FileReply.accepted(size: 0x0102_0304_0506_0708) == [0, 1, 2, 3, 4, 5, 6, 7, 8])
        #expect(FileReply.refused("né") == [1, 0, 3, 0x6E, 0xC3, 0xA9])
        #expect(FileReply.end == [0, 0])
        #expect(FileReply.blockSize == 1_024)
    }

    @Test func cutsALongReasonBetweenCharacters() {
        let reason = FileReply.refused("a" + String(repeating: "é", count: 40_000))
        #expect(reason.count == 3 + 65_535)
        #expect(reason.prefix(3) == [1, 0xFF, 0xFF])
        let even = FileReply.refused(String(repeating: "é", count: 40_000))
        #expect(even.count == 3 + 65_534)
        #expect(even.prefix(3) == [1, 0xFF, 0xFE])
    }

    @Test func readsAnyBytes() {
        var chance = FixedChance(seed: 11)
        for _ in 0..<1_000 {
            let start: [[UInt8]] = [[], [0, 0, 0, 0, 0, 0, 0, 0], [1, 0], [0]]
            let bytes = start[Int.random(in: 0..<4, using: &chance)] + chance.bytes(20)
            let middle = Int.random(in: 0...bytes.count, using: &chance)
            _ = try? parse([bytes[..<middle], bytes[middle...]])
        }
    }
}
