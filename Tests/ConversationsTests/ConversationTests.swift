import Conversations
import Testing

/// What the text view shows of a conversation, line by line.
struct Shown {
    var conversation: Conversation
    let view: TextView
    var lines: [String] = []

    init(_ name: String, _ formats: Formats = Formats(), view: TextView = TextView()) throws {
        let exercise = try #require(Exercise(named: name))
        conversation = try Conversation(1, of: exercise, formats: formats)
        self.view = view
    }

    mutating func client(_ bytes: [UInt8]) {
        note(conversation.receive(bytes, from: .client, at: .zero))
    }
    mutating func server(_ bytes: [UInt8]) {
        note(conversation.receive(bytes, from: .server, at: .zero))
    }
    mutating func client(_ text: String) { client(Array(text.utf8)) }
    mutating func server(_ text: String) { server(Array(text.utf8)) }
    mutating func pause(_ side: Side) { note(conversation.pause(of: side, at: .zero)) }
    mutating func end(_ side: Side) { note(conversation.end(of: side, at: .zero)) }
    mutating func reset(_ side: Side) { note(conversation.reset(by: side, at: .zero)) }

    private mutating func note(_ events: [Event]) { lines += events.compactMap(view.line) }
}

@Suite struct ConversationTests {
    @Test func aGameWithHalfAQuestionIsShownAsTheContractHasIt() throws {
        var shown = try Shown("guess")
        shown.client([0x3C, 0, 0, 0, 0x33, 0, 0, 0])
        shown.server([0x49, 0, 0, 0, 0, 0, 0, 0])
        shown.client([0x3C, 0, 0])
        shown.reset(.client)
        shown.end(.server)
        #expect(
            shown.lines == [
                "1  → < 51               3c 00 00 00 33 00 00 00",
                "1  ← Yes                49 00 00 00 00 00 00 00",
                "1  → (3 of 8 bytes)     3c 00 00",
                "1  client resets after 11 bytes",
                "1  server ends after 8 bytes",
            ])
    }

    @Test func whatIsNoMessageIsShownWithWhatIsWrongAndThenAsBytes() throws {
        var shown = try Shown("guess")
        shown.client("hi\n")
        shown.client([0x3C, 0, 0, 0, 0x33, 0, 0, 0])
        #expect(
            shown.lines == [
                "1  → (unknown question 'h'; a question begins with <, > or =)  68 69 0a",
                "1  → 8 bytes            3c 00 00 00 33 00 00 00",
            ])
    }

    @Test func aTextWithoutALineEndIsWholeOnceTheReplyComes() throws {
        var shown = try Shown("echo")
        shown.client("hello")
        shown.server("HELLO\n")
        shown.end(.client)
        #expect(
            shown.lines == [
                "1  → \"hello\" (no line end)  68 65 6c 6c 6f",
                "1  ← \"HELLO\"            48 45 4c 4c 4f 0a",
                "1  client ends after 5 bytes",
            ])
    }

    @Test func aResetAfterTheEndIsToldAndASecondEndIsNot() throws {
        var shown = try Shown("raw")
        shown.client("abc")
        shown.end(.client)
        shown.end(.client)
        shown.reset(.client)
        shown.reset(.client)
        #expect(
            shown.lines.dropFirst() == [
                "1  client ends after 3 bytes", "1  client resets after 3 bytes",
            ])
    }

    @Test(arguments: Exercise.all.map(\.name))
    func anyBytesAreShownAndNoneIsLost(name: String) throws {
        var bytes: [UInt8] = []
        var state: UInt64 = 7
        for _ in 0..<3_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            bytes.append(UInt8(truncatingIfNeeded: state >> 33))
        }
        for size in [1, 7, 1_000] {
            var conversation = try Conversation(1, of: #require(Exercise(named: name)))
            var told = [Side.client: 0, .server: 0]
            for side in Side.allCases {
                var events: [Event] = []
                for start in stride(from: 0, to: bytes.count, by: size) {
                    let piece = Array(bytes[start..<min(start + size, bytes.count)])
                    events += conversation.receive(piece, from: side, at: .zero)
                }
                events += conversation.end(of: side, at: .zero)
                for case .says(side, let passage, _) in events.map(\.kind) {
                    told[side, default: 0] += passage.count
                }
            }
            #expect(told == [.client: bytes.count, .server: bytes.count], "pieces of \(size)")
        }
    }

    @Test func aPartIsToldAtAPauseAndAgainWithItsRest() throws {
        var shown = try Shown("guess")
        shown.client([0x3C, 0, 0])
        #expect(shown.conversation.waitsForMore(of: .client))
        shown.pause(.client)
        #expect(!shown.conversation.waitsForMore(of: .client))
        shown.client([0, 0x33, 0, 0, 0])
        #expect(
            shown.lines == [
                "1  → (3 of 8 bytes)     3c 00 00",
                "1  → < 51               3c 00 00 00 33 00 00 00",
            ])
    }

    @Test func noPasswordIsShownInEitherDirection() throws {
        var shown = try Shown("quiz")
        shown.client("register anna s3cret\n")
        shown.server("I got: register anna S3CRET\n")
        shown.client("s3c")
        shown.reset(.client)
        #expect(!shown.lines.joined().lowercased().contains("s3c"))
        #expect(shown.lines.filter { $0.contains("***") }.count == 3)
        #expect(!shown.lines.joined().contains("73 33 63"))
    }

    @Test func noPasswordIsShownAmongBytesThatAreNoMessages() throws {
        var shown = try Shown("quiz")
        shown.client(String(repeating: "x", count: 5_000) + "\n")
        shown.client("login anna s3cret\n")
        #expect(!shown.lines.joined().contains("73 33 63"))
    }

    @Test func afterTooManySecretsNothingOfTheServerIsShown() throws {
        var shown = try Shown("quiz")
        for number in 0..<300 { shown.client("secret\(number)\n") }
        shown.server("hello\n")
        #expect(shown.lines.last == "1  ← \"***\"              ***")
    }

    @Test func aRequestOfTheWebIsItsFirstLineAndEndsAtTheEmptyOne() throws {
        var shown = try Shown("http-get")
        let request = "GET /a HTTP/1.1\r\nHost: b\r\n\r\n"
        for byte in request.utf8 { shown.client([byte]) }
        shown.client(request + "HEAD")
        shown.pause(.client)
        #expect(
            shown.lines == [
                "1  → GET /a HTTP/1.1    47 45 54 20 2f 61 20 48 54 54 50 2f 31 2e 31 0d … 28 bytes",
                "1  → GET /a HTTP/1.1    47 45 54 20 2f 61 20 48 54 54 50 2f 31 2e 31 0d … 28 bytes",
                "1  → (4 bytes)          48 45 41 44",
            ])
    }

    @Test func anotherWordThanOKIsNoReplyOfSelect() throws {
        var shown = try Shown("select")
        shown.server("OKO")
        shown.pause(.server)
        shown.server("KNO")
        shown.server("OK")
        #expect(
            shown.lines == [
                "1  ← OK                 4f 4b",
                "1  ← (1 of 2 bytes)     4f",
                "1  ← OK                 4f 4b",
                "1  ← (every message is 'OK', with nothing behind it)  4e 4f",
                "1  ← 2 bytes            4f 4b",
            ])
    }

    @Test func aFileIsShownByItsBlocksHoweverItIsCut() throws {
        var reply: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 4, 2, 4, 0]
        reply += [UInt8](repeating: 7, count: 1_024)
        reply += [0, 2, 8, 9, 0, 0]
        var whole: [String] = []
        for size in [reply.count, 1, 700] {
            var shown = try Shown("file")
            shown.client([0, 0, 0, 1, 0x61])
            for start in stride(from: 0, to: reply.count, by: size) {
                shown.server(Array(reply[start..<min(start + size, reply.count)]))
            }
            if whole.isEmpty { whole = shown.lines }
            #expect(shown.lines == whole)
        }
        #expect(
            whole == [
                "1  → framed request for \"a\"  00 00 00 01 61",
                "1  ← file of 1026 bytes  00 00 00 00 00 00 00 04 02",
                "1  ← block of 1024 bytes  04 00 07 07 07 07 07 07 07 07 07 07 07 07 07 07 … 1026 bytes",
                "1  ← block of 2 bytes   00 02 08 09",
                "1  ← end of the file    00 00",
            ])
    }
}
