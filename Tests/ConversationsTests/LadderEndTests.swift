import Conversations
import Testing

/// The ends of two streams: which of two that come together is first, is chance.
@Suite struct LadderEndTests {
    @Test func endsOfBothSidesWithNothingBetweenThemHaveOneLineWhicheverIsFirst() throws {
        var pictures: [String] = []
        for sides in [[Side.client, .server], [.server, .client]] {
            var drawn = try LadderTests.Drawn("echo")
            drawn.client("hello\n")
            for side in sides { drawn.add(drawn.conversation.end(of: side, at: .zero)) }
            pictures.append(drawn.ladder.svg())
        }
        #expect(pictures[0] == pictures[1])
        let drawing = try Drawing(pictures[0])
        let ends = drawing.all("text").filter { $0.text.hasPrefix("ends after") }
        #expect(ends.map(\.text) == ["ends after 6 bytes", "ends after 0 bytes"])
        #expect(ends[0].attributes["y"] == ends[1].attributes["y"])
        #expect(drawing.signs("quiet") == 2)
    }

    @Test func endsApartFromEachOtherHaveTheirOwnLines() throws {
        var drawn = try LadderTests.Drawn("echo")
        drawn.client("hello\n")
        drawn.add(drawn.conversation.end(of: .client, at: .zero))
        drawn.server("HELLO\n")
        drawn.add(drawn.conversation.end(of: .server, at: .zero))
        let texts = try Drawing(drawn.ladder).texts
        #expect(texts.suffix(1) == ["server ends after 6 bytes"])
        #expect(texts.contains("client ends after 6 bytes"))

        // With times, each has its own.
        var timed = try LadderTests.Drawn("echo", Ladder(showsTimes: true))
        for side in Side.allCases { timed.add(timed.conversation.end(of: side, at: .seconds(1))) }
        #expect(try Drawing(timed.ladder).texts.contains("client ends after 0 bytes"))

        // Large numbers do not fit beside each other.
        var large = try LadderTests.Drawn("raw")
        for side in Side.allCases {
            let bytes = [UInt8](repeating: 0, count: 1_000_000)
            large.add(large.conversation.receive(bytes, from: side, at: .zero))
        }
        for side in Side.allCases { large.add(large.conversation.end(of: side, at: .zero)) }
        let ends = try Drawing(large.ladder).all("text").suffix(2)
        #expect(ends.map(\.text) == Array(repeating: "ends after 1000000 bytes", count: 2))
        #expect(ends.first?.attributes["y"] != ends.last?.attributes["y"])
    }
}
