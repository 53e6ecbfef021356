import CSystem

extension Socket {
    /// Sends a datagram.
    ///
    /// - Parameter address: The receiver; `nil` for the address that this socket is connected to.
    /// - Returns: Whether the kernel took it; `false` only if the socket does not block.
    /// - Throws: `SocketError` for `send`: the datagram is too long (IPv4 allows 65,507 bytes), or
    ///   the peer's host has refused an earlier one.
    ///
    /// System call: `sendto(2)`.
    @discardableResult
    public func sendDatagram(
        _ bytes: [UInt8], to address: SocketAddress? = nil
    ) throws(SocketError) -> Bool {
        var storage = address?.storage ?? sockaddr_in6()
        let sent = try bytes.withUnsafeBufferPointer { buffer throws(SocketError) in
            try withUnsafePointer(to: &storage) { pointer throws(SocketError) in
                try complete(.send, at: address, for: .writing) {
                    system_send(
                        descriptor, buffer.baseAddress, buffer.count,
                        address == nil ? nil : pointer, address?.length ?? 0)
                }
            }
        }
        return sent != nil
    }

    /// Receives one datagram, whole.
    ///
    /// - Parameter limit: The most bytes that a datagram may have.
    /// - Returns: Its bytes and its sender's address; an empty datagram is a message, too, and has
    ///   no bytes. `nil` if no datagram has come and the socket does not block.
    /// - Throws: `SocketError` for `receive`: `EMSGSIZE` for a longer datagram, which is lost then;
    ///   `ECONNREFUSED` on a connected socket if nobody listened; timed out.
    ///
    /// System call: `recvmsg(2)`.
    public func receiveDatagram(
        upTo limit: Int = 65_535
    ) throws(SocketError) -> (bytes: [UInt8], sender: SocketAddress)? {
        var sender = SocketAddress()
        var truncated = false
        // All datagrams share a buffer: most of them are far shorter than the limit.
        if datagramBuffer.count < limit {
            datagramBuffer = [UInt8](repeating: 0, count: limit)
        }
        let count = try datagramBuffer.withUnsafeMutableBufferPointer {
            buffer throws(SocketError) in
            try complete(.receive, for: .reading) {
                system_receive_datagram(
                    descriptor, buffer.baseAddress, limit, &sender.storage, &sender.length,
                    &truncated)
            }
        }
        guard let count else { return nil }
        guard !truncated else { throw SocketError(.receive, at: sender, code: EMSGSIZE) }
        return (Array(datagramBuffer[..<count]), sender)
    }
}
