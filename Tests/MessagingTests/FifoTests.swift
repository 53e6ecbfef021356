import Testing

@testable import Messaging

@Suite struct FifoTests {
    @Test func givesBackWhatWasAddedInItsOrder() {
        var line = Fifo<Int>()
        #expect(line.isEmpty)
        #expect(line.popFirst() == nil)
        for number in 1...3 { line.append(number) }
        #expect([line.popFirst(), line.popFirst()] == [1, 2])
        line.append(4)
        #expect([line.popFirst(), line.popFirst(), line.popFirst()] == [3, 4, nil])
        #expect(line.isEmpty)
    }

    /// A line that never empties is shifted on its way, and loses nothing by it.
    @Test func keepsItsOrderHoweverLongItGoesOn() {
        var line = Fifo<Int>()
        for number in 0..<1_000 { line.append(number) }
        for number in 0..<10_000 {
            line.append(number + 1_000)
            #expect(line.popFirst() == number)
        }
        #expect(!line.isEmpty)
        line.removeAll()
        #expect(line.isEmpty)
        #expect(line.popFirst() == nil)
    }
}
