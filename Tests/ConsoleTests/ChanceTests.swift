import Testing

@testable import Console

// A Python program, written from the algorithms' papers, computed every expected value.
@Suite struct ChanceTests {
    @Test func theGeneratorIsSplitMix64() {
        // The whole range shows the raw output, shifted by 2^63.
        let chance = Chance(seed: 1_234_567)
        #expect(chance.number(in: .min ... .max) == -2_765_544_319_744_410_491)
        #expect(chance.number(in: .min ... .max) == -6_020_203_825_655_967_835)
        #expect(chance.number(in: .min ... .max) == 594_119_895_343_594_615)
    }

    @Test func numbersAreKnown() {
        let chance = Chance(seed: 5)
        let numbers = (0..<12).map { _ in chance.number(in: 1...100) }
        #expect(numbers == [39, 76, 24, 10, 19, 39, 99, 52, 43, 61, 46, 14])

        let small = Chance(seed: 0)
        let signed = (0..<12).map { _ in small.number(in: -3...3) }
        #expect(signed == [3, 0, -3, 3, -3, -1, -2, 2, -2, 3, -1, 2])
        #expect(small.number(in: 8...8) == 8)
    }

    @Test func biasedDrawsAreRepeated() {
        // A range of 3/8 of 2^64 refuses one draw in four: six numbers take nine draws.
        let chance = Chance(seed: 7)
        let numbers = (0..<6).map { _ in chance.number(in: -(1 << 62)...(1 << 62) + (1 << 61)) }
        #expect(
            numbers == [
                -117_255_017_869_653_850, -4_418_130_160_555_540_527, 2_109_042_686_761_032_223,
                604_613_885_010_564_392, -1_735_936_358_761_420_214, -3_063_793_219_745_464_164,
            ])
    }

    @Test func secondsAreKnown() {
        let chance = Chance(seed: 42)
        #expect(chance.seconds(in: 1...5) == .seconds(3.9662595150872932))
        #expect(chance.seconds(in: 1...5) == .seconds(1.6396415715076804))
        #expect(chance.seconds(in: 1...5) == .seconds(2.1144045210205547))
    }

    @Test func picksAndShufflesAreKnown() {
        let letters = Array("abcdefghij")
        #expect(String(Chance(seed: 9).shuffled(letters)) == "iedhabfcjg")
        let chance = Chance(seed: 9)
        #expect(String((0..<6).map { _ in chance.pick(from: letters) }) == "ghchcb")
        #expect(Chance(seed: 1).shuffled([Int]()).isEmpty)
        #expect(Chance(seed: 1).shuffled([4]) == [4])
    }

    @Test func splitSequencesAreKnown() {
        let chance = Chance(seed: 5)
        let (a, b) = (chance.split(), chance.split())
        // The order in which they are used does not matter.
        #expect((0..<3).map { _ in a.number(in: 1...100) } == [98, 11, 87])
        #expect((0..<6).map { _ in b.number(in: 1...100) } == [20, 53, 43, 63, 36, 7])
        #expect((0..<3).map { _ in a.number(in: 1...100) } == [78, 23, 100])
        #expect((0..<3).map { _ in chance.number(in: 1...100) } == [24, 10, 19])
    }

    @Test func withoutASeedTheSystemChooses() {
        let (a, b) = (Chance(seed: nil), Chance(seed: nil))
        let range = 0...Int.max
        #expect(
            (0..<4).map { _ in a.number(in: range) } != (0..<4).map { _ in b.number(in: range) })
    }
}
