import Protocol
import Testing

@Suite struct ByteQueueTests {
    @Test func keepsTheOrder() {
        var queue = ByteQueue()
        #expect(queue.isEmpty)
        queue.append([1, 2, 3])
        queue.append("ab".utf8)
        #expect(queue.count == 5)
        #expect(Array(queue.bytes) == [1, 2, 3, 97, 98])
        #expect(queue.takeFirst(2) == [1, 2])
        #expect(queue[0] == 3)
        #expect(queue.count == 3)
        queue.append([9])
        queue.removeFirst(1)
        #expect(Array(queue.bytes) == [97, 98, 9])
        queue.removeAll()
        #expect(queue.isEmpty && queue.count == 0 && queue.bytes.isEmpty)
    }

    @Test func takesNoMoreThanThereIs() {
        var queue = ByteQueue()
        queue.removeFirst(1)
        #expect(queue.takeFirst(1) == [])
        queue.append([1, 2, 3])
        queue.removeFirst(0)
        queue.removeFirst(-1)
        #expect(queue.takeFirst(-1) == [])
        queue.removeFirst(1)
        #expect(queue.takeFirst(.max) == [2, 3])
        queue.append([4])
        queue.removeFirst(.max)
        #expect(queue.isEmpty)
        queue.append([5])
        #expect(queue[0] == 5)
    }

    /// Goes over the point at which the array is shifted, again and again.
    @Test func agreesWithAnArray() {
        var chance = FixedChance(seed: 3)
        var queue = ByteQueue()
        var model: [UInt8] = []
        for _ in 0..<600 {
            let added = chance.bytes(Int.random(in: 0...300, using: &chance))
            queue.append(added)
            model += added
            let removed = Int.random(in: 0...280, using: &chance)
            #expect(queue.takeFirst(removed) == Array(model.prefix(removed)))
            model.removeFirst(min(removed, model.count))
            #expect(queue.count == model.count)
            #expect(queue.bytes.elementsEqual(model))
        }
        #expect(model.count > 1_000)
        while !model.isEmpty {
            queue.removeFirst(777)
            model.removeFirst(min(777, model.count))
            #expect(queue.bytes.elementsEqual(model))
        }
    }

    @Test func takesManySmallMessages() {
        var queue = ByteQueue()
        queue.append([UInt8](repeating: 7, count: 800_000))
        var taken = 0
        while !queue.isEmpty {
            queue.removeFirst(8)
            taken += 1
        }
        #expect(taken == 100_000)
    }
}
