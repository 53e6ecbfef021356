/// A set of descriptors in the form of `select(2)`: one bit each, lowest first.
///
/// C's `fd_set` has room for 1,024. But the kernel reads as many bits as it is told to, so this set
/// is as long as its highest descriptor needs.
struct DescriptorSet {
    private(set) var words: [UInt64] = []

    /// One more than the highest descriptor that the set has room for.
    var bound: Int { words.count * 64 }

    /// Whether `descriptor` is in the set.
    func contains(_ descriptor: Int32) -> Bool {
        let word = Int(descriptor) >> 6
        return word < words.count && words[word] & bit(descriptor) != 0
    }

    /// Puts `descriptor`, 0 or more, into the set.
    mutating func insert(_ descriptor: Int32) {
        let word = Int(descriptor) >> 6
        grow(toWords: word + 1)
        words[word] |= bit(descriptor)
    }

    /// Takes `descriptor` out of the set.
    mutating func remove(_ descriptor: Int32) {
        let word = Int(descriptor) >> 6
        if word < words.count { words[word] &= ~bit(descriptor) }
    }

    /// Makes room for at least `count` words.
    mutating func grow(toWords count: Int) {
        while words.count < count { words.append(0) }
    }

    /// Gives the kernel the words to read and to change.
    mutating func withWords<Result>(_ body: (UnsafeMutablePointer<UInt64>?) -> Result) -> Result {
        words.withUnsafeMutableBufferPointer { body($0.baseAddress) }
    }

    private func bit(_ descriptor: Int32) -> UInt64 { 1 << UInt64(descriptor & 63) }
}
