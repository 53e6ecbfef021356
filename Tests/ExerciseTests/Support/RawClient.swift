import Foundation

/// A plain blocking TCP connection, to attack servers; a `RawServer` accepts connections of this
/// type, too.
final class RawClient: RawSocket {
    // Received bytes that no call has taken yet: a line may arrive with more bytes behind it.
    private var received: [UInt8] = []

    /// Connects to a server on this machine.
    ///
    /// - Parameters:
    ///   - port: The server's port.
    ///   - address: A numeric IPv4 or IPv6 address.
    ///   - source: The address to come from, if it matters.
    ///   - receiveBuffer: The bytes that the kernel holds for this side, at least its minimum. With
    ///     few of them, a server soon finds the window closed if this side never reads.
    convenience init(
        port: Int, address: String = "127.0.0.1", from source: String? = nil,
        receiveBuffer: Int32? = nil
    ) throws(RawSocketError) {
        let target = try RawAddress(address, port: port)
        if let source {
            self.init(
                try RawSocket.bound(RawSocket.stream, to: try RawAddress(source, port: 0)))
        } else {
            self.init(try Descriptors.make("socket") { socket(target.family, RawSocket.stream, 0) })
        }
        // Set the size before the connection; later it does not keep the window small.
        if let receiveBuffer {
            try setOption(SOL_SOCKET, SO_RCVBUF, receiveBuffer)
            // With the smallest segments the server's kernel holds some 100 KB for it, not some MB.
            try setOption(Int32(IPPROTO_TCP), TCP_MAXSEG, 176)
        }
        guard target.read({ connect(descriptor, $0, $1) }) == 0 else {
            throw RawSocketError("connect")
        }
    }

    /// Takes over a connected descriptor and gives its calls their limit.
    override init(_ descriptor: Int32) {
        super.init(descriptor)
        var limit = timeval()
        limit.tv_sec = Int(patience)
        let size = socklen_t(MemoryLayout<timeval>.size)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    }

    // MARK: Sending

    /// Sends every byte, in one call as far as the kernel takes it.
    ///
    /// System call: `send(2)`.
    func send(_ bytes: [UInt8]) throws(RawSocketError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, 0)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw RawSocketError("send", errno == EAGAIN ? ETIMEDOUT : errno)
            }
        }
    }

    /// Sends text as it is: a line end must be in it.
    func send(_ text: String) throws(RawSocketError) {
        try send(Array(text.utf8))
    }

    /// Sends every byte in a segment of its own.
    func sendInPieces(_ bytes: [UInt8]) throws(RawSocketError) {
        try setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        for byte in bytes { try send([byte]) }
    }

    /// Sends text, every byte in a segment of its own.
    func sendInPieces(_ text: String) throws(RawSocketError) {
        try sendInPieces(Array(text.utf8))
    }

    /// Sends as many bytes as the kernel takes without a wait.
    ///
    /// - Returns: The number of bytes sent: 0 if the way is blocked, nil if the peer has gone.
    func sendWithoutWaiting(_ bytes: ArraySlice<UInt8>) -> Int? {
        let count = bytes.withUnsafeBytes {
            Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
        }
        if count >= 0 { return count }
        return errno == EAGAIN || errno == EINTR ? 0 : nil
    }

    // MARK: Receiving

    /// Waits for exactly `count` bytes; later bytes stay for the next call.
    func receive(exactly count: Int) throws(RawSocketError) -> [UInt8] {
        while received.count < count {
            guard try receiveMore() else { throw endOfStream("receive(exactly: \(count))") }
        }
        return take(count)
    }

    /// Waits for exactly as many bytes as `text` would have and returns them as text.
    func receiveText(exactly count: Int) throws(RawSocketError) -> String {
        String(decoding: try receive(exactly: count), as: UTF8.self)
    }

    /// Waits for a line and returns it without its `\n`.
    func receiveLine() throws(RawSocketError) -> String {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                return String(decoding: take(end + 1).dropLast(), as: UTF8.self)
            }
            guard try receiveMore() else { throw endOfStream("receiveLine") }
        }
    }

    /// Waits until the peer has ended the stream and returns everything up to there.
    ///
    /// - Throws: `ECONNRESET` if the peer has reset the connection.
    func receiveToEnd() throws(RawSocketError) -> [UInt8] {
        while try receiveMore() {}
        return take(received.count)
    }

    /// Returns the bytes of one call, to see whether a message left in one piece.
    ///
    /// - Returns: No bytes at the end of the stream.
    ///
    /// System call: `recv(2)`.
    func receiveOnce() throws(RawSocketError) -> [UInt8] {
        if received.isEmpty { _ = try receiveMore() }
        return take(received.count)
    }

    /// Drops the bytes that have come so far, without waiting.
    ///
    /// - Returns: False if the peer has ended the stream or reset it.
    func discardWhatHasCome() -> Bool {
        received = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count == 0 { return false }
            if count < 0 { return errno == EAGAIN || errno == EINTR }
        }
    }

    private func receiveMore() throws(RawSocketError) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count >= 0 {
                received += buffer[..<count]
                return count > 0
            }
            if errno != EINTR { throw RawSocketError("recv", errno == EAGAIN ? ETIMEDOUT : errno) }
        }
    }

    private func take(_ count: Int) -> [UInt8] {
        let taken = Array(received.prefix(count))
        received.removeFirst(count)
        return taken
    }

    private func endOfStream(_ operation: String) -> RawSocketError {
        let text = String(decoding: received, as: UTF8.self)
        return RawSocketError(
            operation, because: "the stream ended after \(received.count) bytes: '\(text)'")
    }

    // MARK: Ending

    /// Ends this side's stream and goes on receiving.
    ///
    /// System call: `shutdown(2)`.
    func shutdownSending() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Closes with a reset: the peer's next call fails with `ECONNRESET`.
    func reset() {
        var choice = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout<linger>.size)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &choice, size)
        close()
    }
}
