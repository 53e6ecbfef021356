import Protocol
import Testing

@testable import sum_client

@Suite struct SumRequestTests {
    @Test(arguments: [
        ("Alice", "42", ",", "Alice,42"), ("Alice", "-7", " ; ", "Alice ; -7"),
        ("Anna Maria", "+5", " ", "Anna Maria +5"), ("Alice", "0", "\n", "Alice\n0"),
        ("a,b", "1", ":", "a,b:1"), ("", "1", ",", ",1"),
        ("Alice", "042", ",", "Alice,042"),
        // Beyond 128 bits.
        (
            "x", "-1701411834604692317316873037158841057271", "|",
            "x|-1701411834604692317316873037158841057271"
        ),
    ])
    func composesWhatTheServerCanReadBack(
        name: String, number: String, separator: String, text: String
    ) throws {
        #expect(try SumRequest(name: name, number: number, separator: separator).text == text)
    }

    @Test(arguments: [
        ("Alice", "42", "-"), ("Alice", "42", ""), ("Al,ice", "42", " "), (" Alice", "42", ","),
        ("Alice", "42", ",,"), ("Alice", "42", "\n\n"), ("Al\nice", "42", ","),
    ])
    func refusesWhatTheServerCouldNotTellApart(name: String, number: String, separator: String) {
        let error = #expect(throws: ProtocolError.self) {
            try SumRequest(name: name, number: number, separator: separator)
        }
        #expect(error?.description.contains("could not tell name and number apart") == true)
    }

    @Test(arguments: ["", "x", "4.2", "4 2", "0x10", "１"])
    func refusesWhatIsNoNumber(number: String) {
        let error = #expect(throws: ProtocolError.self) {
            try SumRequest(name: "Alice", number: number, separator: ",")
        }
        #expect(error?.description == "'\(number)' is no whole number; give one like 42")
    }
}
