import Testing

@testable import Sockets

@Suite struct InstantTests {
    @Test(arguments: [
        (Duration.zero, 0, 0), (.seconds(-5), 0, 0), (.nanoseconds(1), 1, 1),
        (.microseconds(1), 1, 1), (.nanoseconds(1_000_001), 1_001, 2),
        (.milliseconds(250), 250_000, 250), (.seconds(30), 30_000_000, 30_000),
        (.seconds(Int64.max), 315_000_000_000_000, 2_147_483_647),
        (.seconds(Int64.min), 0, 0),
    ])
    func roundsAWaitUp(_ time: Duration, microseconds: Int64, milliseconds: Int32) {
        #expect(time.microseconds == microseconds)
        #expect(time.milliseconds == milliseconds)
    }

    @Test func keepsDescriptorsAsBits() {
        var set = DescriptorSet()
        #expect(!set.contains(0) && set.bound == 0)
        set.insert(0)
        set.insert(63)
        set.insert(64)
        set.insert(1_030)
        #expect(set.words.prefix(2) == [0x8000_0000_0000_0001, 1])
        #expect(set.words.count == 17 && set.words[16] == 64)
        #expect(set.bound == 1_088)
        #expect(set.contains(63) && set.contains(1_030) && !set.contains(1_029))
        set.remove(63)
        set.remove(5_000)
        #expect(set.words[0] == 1)
        #expect(!set.contains(5_000))
    }
}
