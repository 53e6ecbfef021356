import Protocol
import Testing

@Suite struct SumMessageTests {
    @Test(
        arguments: [
            ("Alice,42", "Alice", ",", .integer(42)),
            ("Alice, 42", "Alice", ", ", .integer(42)),
            ("Alice ;\t42", "Alice", " ;\t", .integer(42)),
            ("Alice:42", "Alice", ":", .integer(42)),
            ("Alice | -7", "Alice", " | ", .integer(-7)),
            ("Alice 42", "Alice", " ", .integer(42)),
            ("Anna Maria \t 42", "Anna Maria", " \t ", .integer(42)),
            ("  Alice,42  ", "Alice", ",", .integer(42)),
            ("Doe, John, 42", "Doe, John", ", ", .integer(42)),
            ("a;b:c|d,42", "a;b:c|d", ",", .integer(42)),
            ("José,+42", "José", ",", .integer(42)),
            ("日本 007", "日本", " ", .integer(7)),
            (",42", "", ",", .integer(42)),
            ("Alice,", "Alice", ",", .missing),
            ("Alice,abc", "Alice", ",", .missing),
            ("Alice,3.5", "Alice", ",", .missing),
            ("Alice,4 2", "Alice", ",", .missing),
            ("Alice,-", "Alice", ",", .missing),
            ("Alice,42,", "Alice,42", ",", .missing),
            ("Alice,４２", "Alice", ",", .missing),
            ("Alice,9223372036854775807", "Alice", ",", .integer(.max)),
            (
                "Alice,9223372036854775808", "Alice", ",",
                .tooLong(LongInteger("9223372036854775808"))
            ),
            (
                "Alice -99999999999999999999999999", "Alice", " ",
                .tooLong(LongInteger("-99999999999999999999999999"))
            ),
            // A mark that combines with the comma does not hide it.
            ("Alice,\u{301}", "Alice", ",", .missing),
            ("e\u{301} 5", "e\u{301}", " ", .integer(5)),
        ] as [(String, String, String, SumNumber)])
    func findsNameAndNumber(line: String, name: String, separator: String, number: SumNumber) {
        #expect(
            SumLine(line)
                == .message(SumMessage(name: name, separator: separator, number: number)))
    }

    @Test(arguments: [
        ("Alice", "Alice"), ("Anna Maria", "Anna Maria"), (" Alice ", "Alice"), ("", ""),
        ("  ", ""), ("user1", "user1"), ("Server of é", "Server of é"), ("Alice 3.5", "Alice 3.5"),
    ])
    func takesALineWithoutANumberForTheName(line: String, name: String) {
        #expect(SumLine(line) == .name(name))
    }

    @Test func takesTheNumberFromTheNextLine() {
        #expect(
            SumMessage(name: "Alice", numberLine: " 42 ")
                == SumMessage(name: "Alice", separator: "\n", number: .integer(42)))
        #expect(SumMessage(name: "Alice", numberLine: "x").number == .missing)
        #expect(SumMessage(name: "Alice", numberLine: "").number == .missing)
        #expect(
            SumMessage(name: "Alice", numberLine: String(repeating: "9", count: 4_000)).number
                == .tooLong(LongInteger(String(repeating: "9", count: 4_000))))
    }

    // The sums are Python's.
    @Test(arguments: [
        ("1", "2", "3"), ("-1", "1", "0"), ("-0", "+007", "7"),
        ("9223372036854775807", "1", "9223372036854775808"),
        ("-9223372036854775808", "-1", "-9223372036854775809"),
        ("99999999999999999999", "1", "100000000000000000000"),
        ("1", "99999999999999999999", "100000000000000000000"),
        ("100000000000000000000", "-1", "99999999999999999999"),
        ("-100000000000000000000", "99999999999999999999", "-1"),
        ("100000000000000000000", "-100000000000000000000", "0"),
        ("100000000000000000000", "-100000000000000000007", "-7"),
        ("-00012345678901234567890", "987654321", "-12345678900246913569"),
        (
            "123456789012345678901234567890", "-987654321098765432109876543210",
            "-864197532086419753208641975320"
        ),
    ])
    func numbersOfAnyLengthAreAdded(one: String, other: String, sum: String) {
        #expect((SumNumber(one) + SumNumber(other)).description == sum)
        #expect((SumNumber(other) + SumNumber(one)).description == sum)
    }

    @Test func withoutANumberThereIsNoSum() {
        #expect(SumNumber("1") + SumNumber("x") == .missing)
        #expect(SumNumber("x").description == "")
    }

    @Test func readsAWholeText() {
        #expect(
            SumMessage(text: "Alice;42")
                == SumMessage(name: "Alice", separator: ";", number: .integer(42)))
        #expect(SumMessage(text: "Alice\n42") == SumMessage(name: "Alice", numberLine: "42"))
        #expect(
            SumMessage(text: "Alice")
                == SumMessage(name: "Alice", separator: "", number: .missing))
    }

    @Test func readsAnyText() {
        var chance = FixedChance(seed: 12)
        let letters = Array(" \t,;:|+-09aé\u{301}\u{200D}😀\n\r\0".unicodeScalars)
        for _ in 0..<3_000 {
            var line = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...9, using: &chance) {
                line.append(letters[Int.random(in: 0..<letters.count, using: &chance)])
            }
            if case .message(let message) = SumLine(String(line)) {
                // Only blanks at the ends, and the number's text, may be lost.
                let parts = message.name + message.separator
                #expect(Array(String(line).utf8).contains(Array(parts.utf8)))
            }
        }
    }
}
