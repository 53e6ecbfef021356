import Conversations
import Testing

@Suite struct LadderTests {
    /// A ladder of one conversation.
    struct Drawn {
        var conversation: Conversation
        var ladder: Ladder

        init(_ name: String, _ ladder: Ladder = Ladder(), number: Int = 1) throws {
            let exercise = try #require(Exercise(named: name))
            conversation = try Conversation(number, of: exercise)
            self.ladder = ladder
        }

        mutating func add(_ events: [Event]) { for event in events { ladder.add(event) } }
        mutating func client(_ text: String, at time: Duration = .zero) {
            add(conversation.receive(Array(text.utf8), from: .client, at: time))
        }
        mutating func server(_ text: String, at time: Duration = .zero) {
            add(conversation.receive(Array(text.utf8), from: .server, at: time))
        }
        mutating func arrive(_ side: Side, _ end: Int, at time: Duration = .zero) {
            add(conversation.arrive(from: side, end: end, at: time))
        }
    }

    @Test func aGameHasAnArrowAMessageWithItsWordsAndBytes() throws {
        var drawn = try Drawn("guess", Ladder(title: "A game"))
        drawn.add(drawn.conversation.connect())
        drawn.client("<\0\0\03\0\0\0")
        drawn.server("I\0\0\0\0\0\0\0")
        drawn.client("<\0\0")
        drawn.add(drawn.conversation.reset(by: .client, at: .zero))
        drawn.add(drawn.conversation.end(of: .server, at: .zero))
        let drawing = try Drawing(drawn.ladder)
        #expect(
            drawing.texts == [
                "A game", "Conversation 1", "client", "server", "connects",
                "< 51", "3c 00 00 00 33 00 00 00",
                "Yes", "49 00 00 00 00 00 00 00",
                "(3 of 8 bytes)", "3c 00 00",
                "client resets after 11 bytes", "server ends after 8 bytes",
            ])
        let arrows = drawing.lines()
        #expect(arrows.map(\.x1) == [14, 346] && arrows.map(\.x2) == [346, 14])
        #expect(arrows.allSatisfy { $0.y1 < $0.y2 } && arrows[0].y2 < arrows[1].y1)
        #expect(drawing.signs("part") == 1 && drawing.signs("fault") == 1)
        #expect(drawing.signs("quiet") == 1)
    }

    @Test func whatIsWrongHasASignBesideItsColour() throws {
        var drawn = try Drawn("guess")
        drawn.client("hi\n")
        drawn.add(drawn.conversation.fail("nobody listens", at: .zero))
        let drawing = try Drawing(drawn.ladder)
        #expect(drawing.signs("fault") == 2)
        #expect(drawing.lines("fault").count == 1)
        #expect(
            drawing.all("text").filter { $0.classes == ["fault"] }.map(\.text) == [
                "(unknown question 'h'; a question begins ", "with <, > or =)", "nobody listens",
            ])
    }

    @Test func whatProgramsSayIsTextAndNeverMarkup() throws {
        let hostile = [
            "<script>alert(1)</script>", "]]>", "</text></svg>", "<!--", "&lt;&#0;&", "<?x?>",
            "\"'>", "\u{0}\u{8}\u{B}\u{C}\u{1F}\u{7F}\u{85}\u{9F}", "\u{FFFE}\u{FFFF}",
            "\u{2028}\u{2029}\t\r", "\u{202E}abc\u{2066}", "\u{1FFFE}\u{10FFFF}\u{E000}",
            "e\u{301}\u{FEFF}\u{200D}", "日本語", "\u{FDFD}\u{FDFD}",
        ]
        var ladder = Ladder(title: hostile[0])
        for (index, text) in hostile.enumerated() {
            ladder.add(event(.says(.client, Passage(text, fault: text, [1]), end: index + 1)))
            ladder.add(event(.damaged(from: .client, text)))
            ladder.add(event(.fails(text)))
            ladder.add(
                event(.says(.server, Passage(String(repeating: text, count: 90), [1]), end: 1)))
        }
        let drawing = try Drawing(ladder)
        #expect(
            Set(drawing.elements.map(\.name))
                == ["svg", "style", "rect", "path", "text", "g", "title"])
        let attributes = Set(drawing.elements.flatMap(\.attributes.keys))
        #expect(!attributes.contains { $0.hasPrefix("on") || $0.contains("href") })
        #expect(drawing.texts.contains("<script>alert(1)</script>"))
        #expect(drawing.texts.contains("\\u{FFFE}\\u{FFFF}"))
        #expect(drawing.texts.contains("\\u{2028}\\u{2029}\\u{9}\\u{D}"))
    }

    @Test func nothingComesFromElsewhere() throws {
        var drawn = try Drawn("echo")
        drawn.client("hello\n")
        let svg = drawn.ladder.svg()
        for word in ["href", "url(", "@import", "script", "http://www.w3.org/1999"] {
            #expect(!svg.contains(word))
        }
        #expect(svg.contains("prefers-color-scheme: dark"))
    }

    @Test func aLongMessageIsCutAndToldAsAWholeInItsTitle() throws {
        let word = String(repeating: "ß", count: 4_096)
        var ladder = Ladder()
        ladder.add(event(.says(.client, Passage(word, Array(word.utf8)), end: 8_192)))
        let drawing = try Drawing(ladder)
        let lines = drawing.texts.filter { $0.contains("ß") }
        #expect(lines == [String(word.prefix(43)), word.prefix(42) + "…"])
        #expect(drawing.titles == [word])
        #expect(drawing.texts.contains("… 8192 bytes"))
    }

    @Test(arguments: ["日", "🎉", "e\u{301}", "\u{FDFD}", "👩‍👩‍👧‍👦"])
    func noCharacterMakesALineTooLong(_ character: String) throws {
        for line in try lines(of: "x" + String(repeating: character, count: 5_000)) {
            #expect(line.text.unicodeScalars.count <= 2 * 43)
            // As wide as it is told to be, whatever the fonts.
            let width = try #require(line.attributes["textLength"].flatMap { Int($0) })
            #expect(width <= 360 - 2 * 22)
        }
    }

    @Test(arguments: ["\u{301}", "\u{200B}", "\u{20DD}"])
    func noHeapOfMarksHidesALine(_ mark: String) throws {
        for line in try lines(of: "x" + String(repeating: mark, count: 5_000)) {
            #expect(line.text.unicodeScalars.count <= 2 * 43)
        }
    }

    private func lines(of words: String) throws -> [Drawing.Element] {
        var ladder = Ladder()
        ladder.add(event(.says(.client, Passage(words, [1]), end: 1)))
        let lines = try Drawing(ladder).all("text").filter { $0.classes.isEmpty }
        #expect(lines.count == 2)
        return lines
    }

    @Test func noPasswordIsDrawn() throws {
        var drawn = try Drawn("quiz")
        drawn.client("register anna s3cret\n")
        drawn.server("I got: register anna S3CRET\n")
        let svg = drawn.ladder.svg()
        #expect(!svg.lowercased().contains("s3cret") && !svg.contains("73 33 63"))
        #expect(try Drawing(svg).texts.filter { $0 == "***" }.count == 2)
    }

    @Test func timesChangeThePictureOnlyWhenTheyAreAskedFor() throws {
        func ladder(_ ladder: Ladder, step: Duration) throws -> Ladder {
            var drawn = try Drawn("echo", ladder)
            for number in 0..<3 {
                drawn.client("\(number)\n", at: step * number)
                drawn.arrive(.client, 2 * number + 2, at: step * number + step / 3)
            }
            return drawn.ladder
        }
        let fast = try ladder(Ladder(), step: .milliseconds(1)).svg()
        let slow = try ladder(Ladder(), step: .seconds(1.5)).svg()
        #expect(fast == slow)
        let timed = try Drawing(ladder(Ladder(showsTimes: true), step: .seconds(1.5)))
        #expect(timed.texts.filter { $0.contains(".") } == ["0.000", "1.500", "3.000"])
        let short = try Drawing(ladder(Ladder(showsTimes: true), step: .milliseconds(1)))
        #expect(try #require(timed.lines().last).y2 > (try #require(short.lines().last)).y2)
    }

    @Test func conversationsStandOneAfterAnother() throws {
        var ladder = Ladder()
        for (number, text) in [(12, "a"), (3, "b"), (12, "c")] {
            ladder.add(event(.says(.client, Passage(text, [1]), end: 1), number))
        }
        #expect(
            try Drawing(ladder).texts == [
                "Conversation 3", "client", "server", "b", "01",
                "Conversation 12", "client", "server", "a", "01", "c", "01",
            ])
    }

    @Test func theLastTenThousandAreKeptAndTheOthersCounted() throws {
        var ladder = Ladder()
        for number in 1...35_000 {
            ladder.add(event(.says(.client, Passage("no. \(number)", [1]), end: number)))
        }
        let texts = try Drawing(ladder).texts
        #expect(texts.contains("25000 earlier messages left out"))
        #expect(texts.contains("no. 25001") && !texts.contains("no. 25000"))
        #expect(texts.filter { $0.hasPrefix("no.") }.count == 10_000)
    }

    @Test func conversationsOfWhichNothingIsKeptAreCountedTogether() throws {
        var ladder = Ladder()
        for number in 1...12_000 {
            ladder.add(event(.says(.client, Passage("hi", [1]), end: 1), number))
            ladder.add(event(.ends(.client, after: 1), number))
        }
        let texts = try Drawing(ladder).texts
        #expect(texts.first == "7000 earlier messages left out")
        #expect(texts.filter { $0.hasPrefix("Conversation") }.count == 5_000)
        #expect(texts.contains("Conversation 7001"))
    }

    @Test func longTextsAreBoundedTogether() throws {
        var ladder = Ladder()
        let words = String(repeating: "日", count: 20_000)
        for number in 1...300 {
            ladder.add(event(.says(.client, Passage(words, [1]), end: number)))
        }
        let count = ladder.svg().utf8.count
        #expect(count > 4_000_000 && count < 4_500_000)
    }

    @Test func aLadderOfNothingSaysSo() throws {
        #expect(try Drawing(Ladder()).texts == ["Nothing was said."])
    }
}

func event(_ kind: Event.Kind, _ number: Int = 1, at time: Duration = .zero) -> Event {
    Event(connection: number, time: time, kind)
}
