/// Returns `count` bytes that look like noise and are the same in every run.
///
/// - Parameter seed: Another seed gives other bytes.
func seededBytes(count: Int, seed: UInt64) -> [UInt8] {
    // Marsaglia's xorshift64*, "An experimental exploration of Marsaglia's xorshift generators".
    // From zero it would give only zeros, so the constant is odd.
    var state = seed ^ 0x9E37_79B9_7F4A_7C15
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        withUnsafeBytes(of: (state &* 0x2545_F491_4F6C_DD1D).littleEndian) {
            bytes.append(contentsOf: $0)
        }
    }
    return Array(bytes.prefix(count))
}
