import Protocol
import Testing

@Suite struct CalculatorMessageTests {
    /// `struct.pack('i i 1s', 12, 30, b'+')`, then `(-1, 0, b'/')`.
    private let requests: [UInt8] = [
        12, 0, 0, 0, 30, 0, 0, 0, 0x2B,
        0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0x2F,
    ]
    private let sum = CalculationRequest(.integer(12), 0x2B, .integer(30))
    private let division = CalculationRequest(.integer(-1), 0x2F, .integer(0))

    @Test func carriesRequests() throws {
        let layout = try CalculatorLayout()
        try expect([sum, division], from: requests, by: CalculatorServerFraming(layout: layout))
        let client = CalculatorClientFraming()
        #expect(try encoded(layout.pack(sum), by: client) == Array(requests.prefix(9)))
        #expect(try encoded(layout.pack(division), by: client) == Array(requests.suffix(9)))
    }

    @Test func speaksOtherLayouts() throws {
        let floats = CalculationRequest(.floating(1.5), 0x2A, .floating(-2))
        let cases: [(String, CalculationRequest, [UInt8])] = [
            ("i c i", sum, [12, 0, 0, 0, 0x2B, 0, 0, 0, 30, 0, 0, 0]),
            ("I 1s I", sum, [12, 0, 0, 0, 0x2B, 0, 0, 0, 30, 0, 0, 0]),
            ("!c 2h i", sum, [0x2B, 0, 12, 0, 30, 0, 0, 0, 0]),
            (
                "f f 1s", floats,
                [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0, 0x2A]
            ),
        ]
        for (format, request, bytes) in cases {
            let layout = try CalculatorLayout(format)
            #expect(try layout.pack(request).bytes == bytes, "\(format)")
            try expect([request], from: bytes, by: CalculatorServerFraming(layout: layout))
        }
    }

    @Test func keepsWholeNumbersExact() throws {
        let layout = try CalculatorLayout("<Q c q")
        let bytes = [UInt8](repeating: 0xFF, count: 8) + [0x2D] + [0, 0, 0, 0, 0, 0, 0, 0x80]
        let request = CalculationRequest(
            .integer(18_446_744_073_709_551_615), 0x2D, .integer(-9_223_372_036_854_775_808))
        try expect([request], from: bytes, by: CalculatorServerFraming(layout: layout))
        #expect(try layout.pack(request).bytes == bytes)
    }

    @Test func refusesLayoutsThatLackSomething() {
        for format in ["i i", "i 1s", "c ? i", "2s i i", ""] {
            #expect(
                throws: StructLayoutError(
                    "layout '\(format)' does not suit a calculator, which needs two numbers and "
                        + "one c (or 1s), like 'i i 1s'")
            ) { try CalculatorLayout(format) }
        }
        #expect(throws: StructLayoutError("layout 'c' has no number for the result; 'i' has one")) {
            try CalculatorReplyLayout("c")
        }
    }

    @Test func refusesNumbersThatDoNotFit() throws {
        #expect(
            throws: StructLayoutError("-1 does not fit 'I', which holds 0 to 4294967295")
        ) { try CalculatorLayout("I 1s I").pack(division) }
        #expect(throws: StructLayoutError.self) {
            try CalculatorLayout().pack(CalculationRequest(.floating(0.5), 0x2B, .integer(1)))
        }
    }

    @Test func packsResultsIntoFields() throws {
        let cases: [(String, Operand, [UInt8])] = [
            ("i", .integer(42), [42, 0, 0, 0]), ("!i", .integer(-1), [0xFF, 0xFF, 0xFF, 0xFF]),
            ("i i c", .integer(42), [42, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("b", .floating(2.99), [2]), ("b", .floating(-2.99), [0xFE]),
            ("B", .floating(-0.5), [0]), ("b", .floating(127.9), [127]),
            ("f f 1s", .floating(0.5), [0, 0, 0, 0x3F, 0, 0, 0, 0, 0]),
            ("!f", .integer(3), [0x40, 0x40, 0, 0]),
            ("!q", .floating(-0x1p63), [0x80, 0, 0, 0, 0, 0, 0, 0]),
            ("!Q", .floating(0x1.8p63), [0xC0, 0, 0, 0, 0, 0, 0, 0]),
        ]
        for (format, number, bytes) in cases {
            #expect(
                try CalculatorReplyLayout(format).pack(number).bytes == bytes, "\(format) \(number)"
            )
        }
    }

    @Test func refusesResultsThatDoNotFit() throws {
        let cases: [(String, Operand)] = [
            ("i", .integer(2_147_483_648)), ("i", .floating(2_147_483_648)), ("B", .integer(-1)),
            ("B", .floating(-1)), ("q", .floating(0x1p63)), ("Q", .floating(0x1p64)),
            ("i", .floating(.infinity)), ("i", .floating(.nan)), ("q", .floating(-1e300)),
            ("<f", .floating(1e300)), ("Q", .integer(.max)), ("q", .integer(.min)),
        ]
        for (format, number) in cases {
            let layout = try CalculatorReplyLayout(format)
            #expect(throws: StructLayoutError.self, "\(format) \(number)") {
                try layout.pack(number)
            }
        }
    }

    @Test func carriesRepliesInText() throws {
        let server = try CalculatorServerFraming(layout: CalculatorLayout())
        #expect(encoded(.text("42"), by: server) == [0x34, 0x32, 0x0A])
        #expect(
            encoded(.text("err: zero"), by: server)
                == [0x65, 0x72, 0x72, 0x3A, 0x20, 0x7A, 0x65, 0x72, 0x6F, 0x0A])
        let client = CalculatorClientFraming()
        try expect(
            [.text("42"), .text("0.5"), .text("7")], from: Array("42\n0.5\r\n7".utf8), by: client)
        var input = ByteQueue()
        input.append("42".utf8)
        #expect(client.mayEndAtPause(input))
    }

    @Test func carriesRepliesInFields() throws {
        let layout = try CalculatorReplyLayout("!h c")
        let server = try CalculatorServerFraming(layout: CalculatorLayout())
        #expect(try encoded(layout.pack(.integer(-2)), by: server) == [0xFF, 0xFE, 0])
        let client = CalculatorClientFraming(replyLayout: layout)
        try expect(
            [.number(.integer(-2)), .number(.integer(258))], from: [0xFF, 0xFE, 0, 1, 2, 77],
            by: client)
        expect(
            error: "message cut off after 2 of 3 bytes; another --reply may fit", from: [1, 2],
            by: client)
        var input = ByteQueue()
        input.append([1])
        #expect(!client.mayEndAtPause(input))
        #expect(client.silence(after: input).part == "1 of 3 bytes of a message")
        #expect(client.silence(after: input).advice == "another --reply may fit")
    }

    @Test func refusesAMessageCutOff() throws {
        let server = try CalculatorServerFraming(layout: CalculatorLayout())
        for count in 1...8 {
            expect(
                error: "message cut off after \(count) of 9 bytes; another --layout may fit",
                from: requests.prefix(9) + requests.suffix(count), by: server)
        }
    }

    @Test func describesMessages() throws {
        let layout = try CalculatorLayout()
        let server = CalculatorServerFraming(layout: layout)
        let client = CalculatorClientFraming()
        #expect(server.describe(incoming: sum).words == "12 + 30")
        #expect(
            server.describe(incoming: CalculationRequest(.floating(1.5), 0x1B, .integer(2))).words
                == #"1.5 \u{1B} 2"#)
        #expect(server.describe(outgoing: .text("42")).words == "42")
        #expect(client.describe(incoming: .text("\u{1B}")).words == #"\u{1B}"#)
        #expect(client.describe(incoming: .number(.integer(-1))).words == "-1")
        #expect(try client.describe(outgoing: layout.pack(division)).words == "-1 / 0")
    }

    @Test func readsAnyBytes() throws {
        for format in ["i i 1s", "!f c d", "<Q 3x q 1s"] {
            expectNoTrap(
                by: CalculatorServerFraming(layout: try CalculatorLayout(format)), seed: 7)
        }
        expectNoTrap(by: CalculatorClientFraming(), seed: 8, from: Array("0\n".utf8))
        expectNoTrap(
            by: CalculatorClientFraming(replyLayout: try CalculatorReplyLayout("c d")), seed: 9)
    }
}
