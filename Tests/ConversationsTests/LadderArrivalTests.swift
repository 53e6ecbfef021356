import Conversations
import Testing

/// Where the arrows of a ladder end.
@Suite struct LadderArrivalTests {
    typealias Drawn = LadderTests.Drawn

    @Test func aMessageThatArrivesLateEndsBelowWhatHappenedMeanwhile() throws {
        var drawn = try Drawn("echo")
        drawn.client("one\n")
        drawn.server("two\n")
        drawn.arrive(.client, 4)
        let lines = try Drawing(drawn.ladder).lines().sorted { $0.x1 < $1.x1 }
        #expect(lines.map(\.x1) == [14, 346])
        #expect(lines[0].y1 < lines[1].y1 && lines[0].y2 > lines[1].y2)
    }

    @Test func messagesOfOneSegmentAreParallel() throws {
        var drawn = try Drawn("echo")
        drawn.client("one\ntwo\nthree\n")
        drawn.add(drawn.conversation.damage("14 bytes as 3 + 11", from: .client, at: .zero))
        drawn.arrive(.client, 14)
        let lines = try Drawing(drawn.ladder).lines()
        #expect(lines.map { $0.y2 - $0.y1 } == [8, 8, 8])
    }

    @Test func gluedMessagesEndAtOnePlace() throws {
        var drawn = try Drawn("echo")
        for text in ["one\n", "two\n", "three\n"] { drawn.client(text) }
        drawn.arrive(.client, 14)
        let lines = try Drawing(drawn.ladder).lines()
        #expect(Set(lines.map(\.y1)).count == 3 && Set(lines.map(\.y2)).count == 1)
    }

    @Test func datagramsMayOvertakeEachOther() throws {
        var drawn = try Drawn("udp")
        drawn.client("one")
        drawn.client("two")
        drawn.arrive(.client, 6)
        drawn.arrive(.client, 3)
        let lines = try Drawing(drawn.ladder).lines().sorted { $0.y1 < $1.y1 }
        #expect(lines.count == 2 && lines[0].y2 > lines[1].y2)
    }

    @Test func aLostDatagramStopsHalfwayWithACross() throws {
        var drawn = try Drawn("udp")
        drawn.client("one")
        drawn.add(drawn.conversation.damage("lost", from: .client, at: .zero))
        drawn.client("two")
        drawn.arrive(.client, 6)
        let drawing = try Drawing(drawn.ladder)
        #expect(drawing.lines().map(\.x2) == [180, 346])
        // One at the end of the arrow, one before the words.
        #expect(drawing.signs("relay") == 2)
        #expect(drawing.texts.contains("→ lost"))
    }

    @Test func whatHasNotArrivedIsToldWhereArrivalsAreKnown() throws {
        for knows in [false, true] {
            var drawn = try Drawn("echo", Ladder(knowsArrivals: knows))
            drawn.client("one\n")
            drawn.arrive(.client, 4)
            drawn.client("two\n")
            let drawing = try Drawing(drawn.ladder)
            #expect(drawing.lines().map(\.x2) == [346, knows ? 180 : 346])
            #expect(drawing.texts.contains("has not arrived") == knows)
        }
    }

    @Test func aMessageThatAPauseEndsMayHaveArrivedBefore() throws {
        var drawn = try Drawn("echo", Ladder(knowsArrivals: true))
        drawn.client("one")
        drawn.arrive(.client, 3)
        drawn.add(drawn.conversation.pause(of: .client, at: .zero))
        drawn.server("ONE\n")
        drawn.arrive(.server, 4)
        let drawing = try Drawing(drawn.ladder)
        #expect(drawing.lines("fault").map { $0.y2 - $0.y1 } == [8])
        #expect(!drawing.texts.contains("has not arrived"))
    }

    @Test func arrowsOverManyLinesAreDrawnAtTheirEndsOnly() throws {
        var drawn = try Drawn("echo")
        drawn.client("slow\n")
        for number in 0..<20 {
            drawn.server("\(number)\n")
            drawn.arrive(.server, drawn.conversation.count(of: .server))
        }
        drawn.arrive(.client, 5)
        let drawing = try Drawing(drawn.ladder)
        let own = drawing.lines().filter { $0.x1 < $0.x2 }.sorted { $0.y1 < $1.y1 }
        #expect(own.count == 2)
        #expect(own.first?.x1 == 14 && own.last?.x2 == 346)
        #expect(own.allSatisfy { $0.y2 - $0.y1 < 10 })
        #expect(drawing.texts.contains("\"slow\" arrives"))
    }
}
