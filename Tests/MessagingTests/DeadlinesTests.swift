import Sockets
import Testing

@testable import Messaging

@Suite struct DeadlinesTests {
    @Test func givesTheEarliestFirst() {
        var deadlines = Deadlines()
        let begin = Instant.now
        #expect(deadlines.earliest == nil)
        #expect(deadlines.removeEarliest(by: .distantFuture) == nil)
        // 37 is prime to 100, so this is every number once, out of order.
        for number in 0..<100 {
            let place = number * 37 % 100
            deadlines.add(
                Deadlines.Entry(time: begin + .seconds(place), slot: place, peer: 1_000 + place))
        }
        #expect(deadlines.earliest == begin)
        var order: [Int] = []
        while let entry = deadlines.removeEarliest(by: begin + .seconds(49)) {
            #expect(entry.peer == 1_000 + entry.slot)
            order.append(entry.slot)
        }
        #expect(order == Array(0..<50))
        #expect(deadlines.earliest == begin + .seconds(50))
        while let entry = deadlines.removeEarliest(by: .distantFuture) { order.append(entry.slot) }
        #expect(order == Array(0..<100))
    }

    @Test(arguments: [
        (Duration.seconds(30), "30 s"), (.milliseconds(250), "0.25 s"), (.seconds(0), "0 s"),
        (.milliseconds(1_500), "1.5 s"), (.milliseconds(5), "0.005 s"),
        (.milliseconds(2_010), "2.01 s"),
    ])
    func writesATimeAsPeopleDo(_ time: Duration, text: String) {
        #expect(time.inSeconds == text)
    }
}

extension Deadlines.Entry: Equatable {
    public static func == (left: Self, right: Self) -> Bool {
        left.time == right.time && left.slot == right.slot && left.peer == right.peer
    }
}
