import Protocol
import Testing

@Suite struct StructLayoutTests {
    @Test func agreesWithPython() throws {
        var counts: [Substring: Int] = [:]
        for line in structCorpus.split(separator: "\n") {
            let (verb, rest) = try split(line)
            counts[verb, default: 0] += 1
            let parts = rest.split(separator: "|", omittingEmptySubsequences: false)
            switch verb {
            case "bad":
                #expect(throws: StructLayoutError.self, "\(line)") {
                    try StructLayout(String(rest))
                }
            case "refuse":
                let layout = try StructLayout(String(parts[0]))
                let values = try values(parts[1])
                #expect(throws: StructLayoutError.self, "\(line)") { try layout.pack(values) }
            default:
                let layout = try StructLayout(String(parts[0]))
                let values = try values(parts[2])
                let bytes = try bytes(parts[3])
                #expect(layout.size == Int(parts[1]), "\(line)")
                #expect(try layout.pack(values) == bytes, "\(line)")
                if verb == "both" { #expect(try same(layout.unpack(bytes), values), "\(line)") }
            }
        }
        #expect(counts["both", default: 0] > 600)
        #expect(counts["pack", default: 0] > 10)
        #expect(counts["refuse", default: 0] > 100)
        #expect(counts["bad", default: 0] > 10)
    }

    @Test func saysWhatIsWrong() {
        func text(_ format: String, _ values: [StructValue] = []) -> String {
            do {
                _ = try StructLayout(format).pack(values)
                return ""
            } catch { return "\(error)" }
        }
        #expect(
            text("z i")
                == "unknown code 'z' in layout 'z i'; codes are x c b B ? h H i I l L q Q f d s")
        #expect(text("i <i") == "'<' may stand only at the beginning of layout 'i <i'")
        #expect(
            text("4 i")
                == "a count in layout '4 i' has no code right after it; write it like 4s")
        #expect(text("i \u{1B}").contains(#"unknown code '\u{1B}' in layout 'i \u{1B}'"#))
        #expect(text("b", [.integer(128)]) == "128 does not fit 'b', which holds -128 to 127")
        #expect(text("B", [.integer(-1)]) == "-1 does not fit 'B', which holds 0 to 255")
        #expect(text("i", [.floating(1)]) == "'i' takes an integer, not a floating number")
        #expect(text("c", [.bytes([])]) == "'c' takes exactly one byte, not 0")
        #expect(text("c i", [.bytes([1])]) == "layout 'c i' takes 2 values, not 1")
        #expect(text("<f", [.floating(1e39)]) == "1e+39 is too great for 'f'; 'd' holds it")
        #expect(
            text("65537x") == "layout '65537x' has more than 65536 bytes; use a smaller count")
    }

    @Test func refusesWrongSizes() throws {
        let layout = try StructLayout("c i")
        for size in [0, 1, 7, 9, 16] {
            #expect(throws: StructLayoutError("layout 'c i' takes 8 bytes, not \(size)")) {
                try layout.unpack([UInt8](repeating: 0, count: size))
            }
        }
    }

    @Test func limitsTheSize() throws {
        #expect(try StructLayout("65536x").size == 65_536)
        #expect(try StructLayout("65536s").fields.count == 1)
        #expect(try StructLayout("65536c").fields.count == 65_536)
        #expect(try StructLayout("8192q").size == 65_536)
        for format in [
            "65537x", "65537s", "8193q", "65536x c", "65533x i", "99999999999999999999999q",
            "9223372036854775807x", "18446744073709551616c",
        ] {
            #expect(throws: StructLayoutError.self, "\(format)") { try StructLayout(format) }
        }
    }

    @Test func skipsTheBlanksThatPythonSkips() throws {
        #expect(try StructLayout("i\t\n\u{B}\u{C}\r i").size == 8)
        for format in ["i\u{1C}i", "i\u{A0}i", "\ti\0", "é", "P", "n", "e", "p"] {
            #expect(throws: StructLayoutError.self, "\(format)") { try StructLayout(format) }
        }
    }

    @Test func describesItsFields() throws {
        let layout = try StructLayout("c 0q 2h x ? 3s d")
        #expect(layout.format == "c 0q 2h x ? 3s d")
        #expect(layout.size == 32)
        #expect(layout.fields.map(\.code) == ["c", "h", "h", "?", "s", "d"])
        #expect(layout.fields.map(\.offset) == [0, 8, 10, 13, 14, 24])
        #expect(layout.fields.map(\.size) == [1, 2, 2, 1, 3, 8])
        #expect(
            layout.fields.map(\.kind)
                == [.character, .integer, .integer, .bool, .bytes, .floating])
        #expect(layout.fields.map(\.holdsNumber) == [false, true, true, false, false, true])
        #expect(layout.fields[1].range == -32_768...32_767)
        #expect(try StructLayout("1s 2s").fields.map(\.holdsCharacter) == [true, false])
        #expect(
            try StructLayout("Q").fields[0].range == 0...18_446_744_073_709_551_615)
    }

    @Test func readsAndWritesFieldsInPlace() throws {
        let number = try StructLayout("> c h").fields[1]
        var input = ByteQueue()
        input.append([0xAA, 0x3C, 0xFF, 0xFE])
        #expect(number.int(in: input, from: 1) == -2)
        #expect(number.integer(in: input, from: 1) == -2)
        var output: [UInt8] = [0xAA, 0, 0, 0]
        number.write(-2, into: &output, at: 1)
        #expect(output == [0xAA, 0, 0xFF, 0xFE])

        let wide = try StructLayout("<Q").fields[0]
        input.removeAll()
        input.append([UInt8](repeating: 0xFF, count: 8))
        #expect(wide.int(in: input) == Int.max)
        #expect(wide.integer(in: input) == 18_446_744_073_709_551_615)
    }

    @Test func keepsNotANumber() throws {
        let layout = try StructLayout("> f d")
        let bytes: [UInt8] = [0x7F, 0xC0, 0, 0, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0]
        guard case .floating(let float) = try layout.unpack(bytes)[0] else {
            Issue.record("no floating number")
            return
        }
        #expect(float.isNaN)
        #expect(try layout.pack([.floating(.nan), .floating(.nan)]) == bytes)
    }

    @Test func readsAnyBytes() throws {
        var chance = FixedChance(seed: 1)
        for format in ["c i", "<QqLlIiHhBb", "f d ? c 5s", "@ c d 0q", "! 3? 2f x 2d", ""] {
            let layout = try StructLayout(format)
            for _ in 0..<200 {
                let values = try layout.unpack(chance.bytes(layout.size))
                #expect(values.count == layout.fields.count)
            }
        }
    }

    @Test func readsAnyFormat() {
        let letters = Array("xcbB?hHiIlLqQfds@=<>! 0123456789zé\u{0}\n".unicodeScalars)
        var chance = FixedChance(seed: 2)
        for _ in 0..<2_000 {
            var format = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &chance) {
                format.append(letters[Int.random(in: 0..<letters.count, using: &chance)])
            }
            if let layout = try? StructLayout(String(format)) {
                #expect(layout.size <= StructLayout.sizeLimit)
            }
        }
    }

    private struct Malformed: Error {}

    private func split(_ line: Substring) throws -> (verb: Substring, rest: Substring) {
        guard let blank = line.firstIndex(of: " ") else { throw Malformed() }
        return (line[..<blank], line[line.index(after: blank)...])
    }

    private func values(_ text: Substring) throws -> [StructValue] {
        try text.split(separator: " ").map { word in
            let rest = word.dropFirst()
            switch word.first {
            case "i":
                guard let integer = Int128(rest) else { throw Malformed() }
                return .integer(integer)
            case "f":
                guard let bits = UInt64(rest, radix: 16) else { throw Malformed() }
                return .floating(Double(bitPattern: bits))
            case "t": return .bool(rest == "1")
            case "y": return .bytes(try bytes(rest))
            default: throw Malformed()
            }
        }
    }

    private func bytes(_ text: Substring) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { throw Malformed() }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    /// Like `==`, but tells zero from minus zero.
    private func same(_ left: [StructValue], _ right: [StructValue]) -> Bool {
        left == right
            && zip(left, right).allSatisfy {
                if case (.floating(let one), .floating(let other)) = ($0, $1) {
                    return one.bitPattern == other.bitPattern
                }
                return true
            }
    }
}
