/// Bytes that have arrived and are not taken yet: they are added at the end and removed from the
/// front.
///
/// Taking bytes moves a mark. The array is shifted only when the taken bytes are more than the
/// rest: so a thousand messages in one segment cost one shift, not a thousand.
public struct ByteQueue: Sendable {
    var storage: [UInt8] = []
    var head = 0

    /// Makes an empty queue, which holds no memory.
    public init() {}

    /// The number of bytes in the queue.
    public var count: Int { storage.count &- head }

    /// Whether the queue is empty.
    public var isEmpty: Bool { head == storage.count }

    /// The byte at `index`, counted from the front: `0` up to but not including `count`.
    public subscript(index: Int) -> UInt8 { storage[head + index] }

    /// Lets `body` read the waiting bytes in place, without a check for each byte.
    ///
    /// Do not keep the bytes after `body`, and do not read beyond them: that would read other
    /// memory.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        storage.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[head...])) }
    }

    /// The waiting bytes, without a copy.
    public var bytes: ArraySlice<UInt8> { storage[head...] }

    /// Adds `bytes` at the end.
    public mutating func append(_ bytes: some Collection<UInt8>) {
        storage.append(contentsOf: bytes)
    }

    /// Removes the first `length` bytes, or all if there are fewer.
    public mutating func removeFirst(_ length: Int) {
        head += min(max(length, 0), count)
        if head == storage.count {
            removeAll()
        } else if head > 4_096, head > storage.count / 2 {
            storage.removeSubrange(..<head)
            head = 0
        }
    }

    /// Removes and returns the first `length` bytes, or all if there are fewer.
    public mutating func takeFirst(_ length: Int) -> [UInt8] {
        let taken = [UInt8](bytes.prefix(max(length, 0)))
        removeFirst(length)
        return taken
    }

    /// Removes every byte. A large buffer is freed; a small one is kept for the next message.
    public mutating func removeAll() {
        storage.removeAll(keepingCapacity: storage.capacity <= 16_384)
        head = 0
    }
}
