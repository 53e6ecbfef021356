import Foundation

/// A plain socket. It uses the system's calls directly, and not the modules under test.
///
/// Every call blocks, and fails with `ETIMEDOUT` once `patience` has run out.
class RawSocket {
    /// The descriptor, or -1 once it has been closed.
    private(set) var descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close()
    }

    /// Closes it. A second call does no harm.
    ///
    /// System call: `close(2)`.
    final func close() {
        if descriptor >= 0 { _ = Foundation.close(descriptor) }
        descriptor = -1
    }

    /// The port of its own end.
    ///
    /// System call: `getsockname(2)`.
    final var localPort: Int {
        get throws(RawSocketError) {
            var address = RawAddress()
            guard address.fill({ getsockname(descriptor, $0, $1) }) == 0 else {
                throw RawSocketError("getsockname")
            }
            return address.port
        }
    }

    /// Sets an option that is a number.
    ///
    /// System call: `setsockopt(2)`.
    final func setOption(_ level: Int32, _ name: Int32, _ value: Int32) throws(RawSocketError) {
        var value = value
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard setsockopt(descriptor, level, name, &value, size) == 0 else {
            throw RawSocketError("setsockopt")
        }
    }

    /// Waits until it is ready for `events`.
    final func wait(for events: Int32, _ operation: String) throws(RawSocketError) {
        let deadline = Date(timeIntervalSinceNow: patience)
        guard isReady(descriptor, for: events, by: deadline) else {
            throw RawSocketError(operation, ETIMEDOUT)
        }
    }
}

extension RawSocket {
    /// Returns a new socket bound to `address`.
    ///
    /// System calls: `socket(2)`, `bind(2)`.
    static func bound(_ type: Int32, to address: RawAddress) throws(RawSocketError) -> Int32 {
        let descriptor = try Descriptors.make("socket") { socket(address.family, type, 0) }
        guard address.read({ bind(descriptor, $0, $1) }) == 0 else {
            let error = RawSocketError("bind")
            _ = Foundation.close(descriptor)
            throw error
        }
        return descriptor
    }

    // The constants are numbers on one system and values of an enumeration on the other.
    #if canImport(Darwin)
        static let stream = SOCK_STREAM
        static let datagram = SOCK_DGRAM
    #else
        static let stream = Int32(SOCK_STREAM.rawValue)
        static let datagram = Int32(SOCK_DGRAM.rawValue)
    #endif
}
