import Testing

@testable import Protocol

@Suite struct SumFramingTests {
    private let alice = SumMessage(name: "Alice", separator: ",", number: .integer(42))
    private let twoLines = SumMessage(name: "Alice", separator: "\n", number: .integer(42))

    private func queue(_ text: String) -> ByteQueue {
        var queue = ByteQueue()
        queue.append(Array(text.utf8))
        return queue
    }

    @Test func takesOneLine() throws {
        var framing = SumFraming(ending: .likePeer)
        var input = queue("Alice,42\nBob")
        #expect(try framing.decode(&input) == alice)
        #expect(try framing.decode(&input) == nil)
        #expect(framing.isWithinMessage(input))
    }

    @Test func takesTwoLinesAtEverySplit() throws {
        let text = Array("Alice\n42\n".utf8)
        for split in 0...text.count {
            var framing = SumFraming(ending: .likePeer)
            var input = ByteQueue()
            var found: [SumMessage] = []
            for part in [text[..<split], text[split...]] {
                input.append(part)
                if let message = try framing.decode(&input) { found.append(message) }
            }
            #expect(found == [twoLines], "split at \(split)")
            #expect(!framing.isWithinMessage(input))
        }
    }

    @Test func aNameAloneIsOwedANumber() throws {
        var framing = SumFraming(ending: .likePeer)
        var input = queue("Alice\n")
        #expect(try framing.decode(&input) == nil)
        #expect(input.isEmpty)
        #expect(framing.isWithinMessage(input))
        let last = try framing.decodeAtEnd(&input)
        #expect(last == SumMessage(name: "Alice", separator: "", number: .missing))
        #expect(try framing.decodeAtEnd(&input) == nil)
    }

    @Test func pausesDivideNameAndNumber() throws {
        var framing = SumFraming(ending: .likePeer)
        var input = queue("Alice")
        #expect(try framing.decode(&input) == nil)
        #expect(framing.mayEndAtPause(input))
        #expect(try framing.decodeAtPause(&input) == nil)
        input.append(Array("42".utf8))
        #expect(try framing.decode(&input) == nil)
        #expect(try framing.decodeAtPause(&input) == twoLines)
    }

    @Test func theEndOfTheStreamEndsTheNumber() throws {
        var framing = SumFraming(ending: .likePeer)
        var input = queue("Alice\n42")
        #expect(try framing.decode(&input) == nil)
        #expect(try framing.decodeAtEnd(&input) == twoLines)
    }

    @Test func repliesLikeThePeer() throws {
        var framing = SumFraming(ending: .likePeer)
        var output: [UInt8] = []
        framing.encode("S,1", into: &output)
        var input = queue("A,1\n")
        _ = try framing.decode(&input)
        framing.encode("S,1", into: &output)
        #expect(output == Array("S,1S,1\n".utf8))
    }
}
