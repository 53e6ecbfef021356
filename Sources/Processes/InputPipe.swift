import CSystem
import Synchronization

/// The writing end of a pipe to another process.
final class InputPipe: Sendable {
    private let descriptor: Mutex<Int32?>
    private let isClosing = Mutex(false)
    private let name: String

    /// Takes `descriptor` over and makes it non-blocking: no write may wait for ever.
    init(_ descriptor: Int32, to name: String) {
        _ = system_set_nonblocking(descriptor, true)
        self.descriptor = Mutex(descriptor)
        self.name = name
    }

    deinit {
        close()
    }

    /// Writes every byte, waiting while the pipe is full.
    ///
    /// - Throws: `ProcessError`: `ETIMEDOUT` if it stays full, `EPIPE` if nobody reads any more,
    ///   `EBADF` if it has been closed on this side.
    ///
    /// System call: `write(2)`.
    func write(_ bytes: [UInt8], until deadline: Deadline) throws(ProcessError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let (count, code) = descriptor.withLock { attempt(rest, on: $0, until: deadline) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if code == EBADF {
                throw ProcessError(.write, name, code: code, because: "it has been closed")
            } else if code != EAGAIN && code != EINTR {
                throw ProcessError(.write, name, code: code)
            } else if deadline.hasPassed {
                throw ProcessError(
                    .write, name, code: ETIMEDOUT, because: "it does not read what it has got")
            }
        }
    }

    /// Waits a little for room, so that `close()` is not kept waiting, and writes as much as fits.
    private func attempt(
        _ bytes: ArraySlice<UInt8>, on descriptor: Int32?, until deadline: Deadline
    ) -> (count: Int, code: Int32) {
        guard let descriptor, !isClosing.withLock({ $0 }) else { return (0, EBADF) }
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, deadline.milliseconds(atMost: 20))
        let count = bytes.withUnsafeBytes { system_write(descriptor, $0.baseAddress, $0.count) }
        return (count, count > 0 ? 0 : system_errno())
    }

    /// Hands the descriptor over while it is open.
    func withDescriptor<Value: Sendable>(_ body: (Int32) -> Value?) -> Value? {
        descriptor.withLock { $0.flatMap(body) }
    }

    /// Ends the stream; once is enough, more does no harm.
    ///
    /// System call: `close(2)`.
    func close() {
        isClosing.withLock { $0 = true }
        descriptor.withLock { descriptor in
            if let descriptor { _ = CSystem.close(descriptor) }
            descriptor = nil
        }
    }
}
