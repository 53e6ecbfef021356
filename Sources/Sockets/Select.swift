import CSystem

/// Waits until some of the sockets are ready, like the sheets' `select.select`.
///
/// It works with any number of sockets; C's `fd_set` is limited to 1,024.
///
/// - Parameters:
///   - reading: Sockets that shall have input: bytes, a client to accept, the end of the stream, or
///     an error.
///   - writing: Sockets that shall have room for output.
///   - timeout: The longest wait; `nil` is for ever.
/// - Returns: The sockets that are ready, in the given order; two empty arrays after the timeout.
/// - Throws: `SocketError` for `select`: `EBADF` if one of the sockets is closed.
///
/// System call: `select(2)`. Sheet: Practice 4, "Select".
public func select(
    reading: [Socket], writing: [Socket] = [], timeout: Duration? = nil
) throws(SocketError) -> (readable: [Socket], writable: [Socket]) {
    var readable = try descriptorSet(of: reading)
    var writable = try descriptorSet(of: writing)
    let ready = try selectOnce(&readable, &writable, timeout: timeout)
    guard ready > 0 else { return ([], []) }
    return (
        reading.filter { readable.contains($0.descriptor) },
        writing.filter { writable.contains($0.descriptor) }
    )
}

extension [Socket] {
    /// Removes a socket from the list, like Python's `inputs.remove(s)`.
    public mutating func remove(_ socket: Socket) { removeAll { $0 == socket } }
}

private func descriptorSet(of sockets: [Socket]) throws(SocketError) -> DescriptorSet {
    var set = DescriptorSet()
    for socket in sockets {
        guard socket.descriptor >= 0 else { throw SocketError(.select, code: EBADF) }
        set.insert(socket.descriptor)
    }
    return set
}

/// Calls `select(2)` once; then the sets hold only descriptors that are ready.
///
/// - Returns: The number of ready descriptors, with one in both sets counted twice; 0 after the
///   timeout.
func selectOnce(
    _ readable: inout DescriptorSet, _ writable: inout DescriptorSet, timeout: Duration?
) throws(SocketError) -> Int {
    let words = max(readable.words.count, writable.words.count)
    readable.grow(toWords: words)
    writable.grow(toWords: words)
    let bound = Int32(words * 64)
    let deadline = timeout.map { Instant.now + $0 }
    let ready = try systemCall(.select) {
        // If a signal interrupts the call, the kernel has not changed the sets, and the same sets
        // can be used again. Only the time that is left must be computed anew.
        var time = deadline.map { timeval(($0 - .now).microseconds) } ?? timeval()
        return readable.withWords { reading in
            writable.withWords { writing in
                withUnsafeMutablePointer(to: &time) {
                    system_select(bound, reading, writing, deadline == nil ? nil : $0)
                }
            }
        }
    }
    return Int(ready ?? 0)
}

extension timeval {
    fileprivate init(_ microseconds: Int64) {
        self.init(
            tv_sec: time_t(microseconds / 1_000_000),
            tv_usec: suseconds_t(microseconds % 1_000_000))
    }
}
