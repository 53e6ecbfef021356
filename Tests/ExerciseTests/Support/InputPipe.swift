import Foundation
import Synchronization

/// The writing end of a program's standard input.
final class InputPipe: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes `descriptor` over and makes it non-blocking: a full pipe must not outlast `patience`.
    init(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        self.descriptor = Mutex(descriptor)
    }

    deinit {
        close()
    }

    /// Writes every byte, waiting while the pipe is full.
    ///
    /// System call: `write(2)`.
    func write(_ bytes: [UInt8]) throws(RawSocketError) {
        let deadline = Date(timeIntervalSinceNow: patience)
        try descriptor.withLock { (descriptor) throws(RawSocketError) in
            guard let descriptor else { throw RawSocketError("write", because: "already closed") }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Foundation.write(descriptor, $0.baseAddress, $0.count)
                }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    guard isReady(descriptor, for: Int32(POLLOUT), by: deadline) else {
                        throw RawSocketError("write", ETIMEDOUT)
                    }
                } else if errno != EINTR {
                    throw RawSocketError("write")
                }
            }
        }
    }

    /// Ends the stream; once is enough, more does no harm.
    ///
    /// System call: `close(2)`.
    func close() {
        descriptor.withLock { descriptor in
            if let descriptor { _ = Foundation.close(descriptor) }
            descriptor = nil
        }
    }
}
