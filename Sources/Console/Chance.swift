/// Makes random choices that a seed repeats, on every platform and with every toolchain.
///
/// Swift's own `shuffled` and `random(in:)` may draw other values in another version, and
/// transcripts would change. The generator is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): good
/// enough for games, but not for secrets.
public final class Chance {
    private var state: UInt64

    /// Starts a sequence of choices.
    ///
    /// - Parameter seed: The same seed gives the same choices; nil takes a seed from the system.
    public init(seed: UInt64?) {
        state = seed ?? UInt64.random(in: .min ... .max)
    }

    /// Starts another sequence that the same seed repeats, for another thread. If all threads
    /// shared one sequence, each thread's numbers would depend on the speed of the others.
    public func split() -> sending Chance { Chance(seed: next()) }

    /// Draws a whole number, each of `range` equally likely.
    public func number(in range: ClosedRange<Int>) -> Int {
        let span = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound))
        let offset = span == .max ? next() : next(below: span + 1)
        return range.lowerBound &+ Int(truncatingIfNeeded: offset)
    }

    /// Draws a time span, in steps of `1 / 2^53` of the range's length.
    ///
    /// - Parameter range: In seconds, from 0 up.
    public func seconds(in range: ClosedRange<Double>) -> Duration {
        let fraction = Double(next() >> 11) / 9_007_199_254_740_992
        return .seconds(range.lowerBound + (range.upperBound - range.lowerBound) * fraction)
    }

    /// Picks one of `elements`, each equally likely.
    ///
    /// - Parameter elements: Not empty.
    public func pick<Element>(from elements: [Element]) -> Element {
        precondition(!elements.isEmpty, "nothing to pick from")
        return elements[number(in: 0...elements.count - 1)]
    }

    /// Returns `elements` in a random order, each order equally likely.
    ///
    /// The shuffle of Fisher and Yates, from the end.
    public func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var shuffled = elements
        for last in shuffled.indices.dropFirst().reversed() {
            shuffled.swapAt(last, number(in: 0...last))
        }
        return shuffled
    }

    /// Draws a number below `bound` by multiplication, and draws again in the few cases that would
    /// make some numbers likelier (Lemire, ACM TOMACS 29, 2019).
    private func next(below bound: UInt64) -> UInt64 {
        let tooMany = (0 &- bound) % bound
        while true {
            let product = next().multipliedFullWidth(by: bound)
            if product.low >= tooMany { return product.high }
        }
    }

    private func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
