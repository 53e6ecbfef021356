import CSystem

/// What a receive on a stream brought.
public enum Received: Equatable, Sendable {
    /// At least one byte.
    case bytes([UInt8])
    /// The peer has ended its direction; nothing more will come.
    case endOfStream
    /// Nothing has come yet, and the socket does not block.
    case wouldBlock
}

/// How a receive into a buffer ended.
public enum ReceivedCount: Equatable, Sendable {
    /// So many bytes now stand in the buffer, at least one.
    case count(Int)
    /// The peer has ended its direction; nothing more will come.
    case endOfStream
    /// Nothing has come yet, and the socket does not block.
    case wouldBlock
}

extension Socket {
    /// Sends bytes, as many as the kernel takes.
    ///
    /// - Returns: How many it took: fewer than offered when its buffer is full. `nil` if none
    ///   and the socket does not block.
    /// - Throws: `SocketError` for `send`: `EPIPE` or `ECONNRESET` once the peer has gone.
    ///
    /// System call: `send(2)`.
    public func send(_ bytes: ArraySlice<UInt8>) throws(SocketError) -> Int? {
        try send(bytes, until: nil)
    }

    /// Sends bytes, as many as the kernel takes. See `send(_:)` for a slice.
    public func send(_ bytes: [UInt8]) throws(SocketError) -> Int? { try send(bytes[...]) }

    private func send(
        _ bytes: ArraySlice<UInt8>, until deadline: Instant?
    ) throws(SocketError) -> Int? {
        let sent = try bytes.withUnsafeBufferPointer { buffer throws(SocketError) in
            try complete(.send, for: .writing, until: deadline) {
                system_send(descriptor, buffer.baseAddress, buffer.count, nil, 0)
            }
        }
        return sent
    }

    /// Sends every byte of `bytes`, waiting while the peer's window is full.
    ///
    /// TCP may take only part of the buffer; the rest is offered again until all of it is
    /// accepted. A timeout counts for the whole.
    ///
    /// - Parameter bytes: What to send. An empty array makes no system call.
    /// - Throws: `SocketError` for `send`: `EPIPE` or `ECONNRESET` once the peer has gone,
    ///   `EAGAIN` if the socket must not block and the kernel took only a part.
    ///
    /// System call: `send(2)`.
    public func sendAll(_ bytes: [UInt8]) throws(SocketError) {
        let deadline = deadline
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let taken = try send(rest, until: deadline) else {
                throw SocketError(.send, at: peer, code: EAGAIN)
            }
            rest = rest.dropFirst(taken)
        }
    }

    /// Receives what has come, waiting for at least one byte.
    ///
    /// - Parameter limit: The most to take at once, 1 or more bytes. What is left comes with the
    ///   next call.
    /// - Throws: `SocketError` for `receive`: reset, timed out.
    ///
    /// System call: `recv(2)`.
    public func receive(upTo limit: Int) throws(SocketError) -> Received {
        try receive(upTo: limit, until: nil)
    }

    private func receive(
        upTo limit: Int, until deadline: Instant?
    ) throws(SocketError) -> Received {
        var count: Int?
        let bytes = try [UInt8](unsafeUninitializedCapacity: limit) {
            (buffer, filled) throws(SocketError) in
            count = try complete(.receive, for: .reading, until: deadline) {
                recv(descriptor, buffer.baseAddress, limit, 0)
            }
            filled = count ?? 0
        }
        switch count {
        case nil: return .wouldBlock
        case 0: return .endOfStream
        default: return .bytes(bytes)
        }
    }

    /// Receives every byte until the peer ends its stream: what `sendAll` is for sending.
    ///
    /// One receive brings what has come, perhaps only a part; this one receives again until the end
    /// of the stream. A timeout counts for the whole.
    ///
    /// - Parameter limit: The most bytes that the peer may send. If it sends more, the rest stays
    ///   unread, and nothing of it is returned.
    /// - Returns: All of them; none from a peer that has sent nothing.
    /// - Throws: `SocketError` for `receive`: reset, timed out, `EMSGSIZE` for more than `limit`.
    ///
    /// System call: `recv(2)`.
    public func receiveAll(upTo limit: Int) throws(SocketError) -> [UInt8] {
        let bytes = try receivePieces(upTo: limit + 1, of: nil)
        guard bytes.count <= limit else {
            throw SocketError(.receive, at: peer, code: EMSGSIZE, part: "\(limit) bytes")
        }
        return bytes
    }

    /// Receives so many bytes, however they come. A timeout counts for the whole.
    ///
    /// - Parameter count: How many, 1 or more.
    /// - Throws: `SocketError` for `receive`: reset, timed out, `ENODATA` if the stream ends before.
    ///
    /// System call: `recv(2)`.
    public func receive(exactly count: Int) throws(SocketError) -> [UInt8] {
        let bytes = try receivePieces(upTo: count, of: count)
        guard bytes.count == count else {
            throw SocketError(
                .receive, at: peer, code: ENODATA, part: part(bytes.count, of: count))
        }
        return bytes
    }

    /// Receives piece by piece until there are `limit` bytes or the stream has ended.
    private func receivePieces(
        upTo limit: Int, of whole: Int?
    ) throws(SocketError) -> [UInt8] {
        let deadline = deadline
        var bytes: [UInt8] = []
        do throws(SocketError) {
            while bytes.count < limit {
                switch try receive(upTo: min(limit - bytes.count, 65_536), until: deadline) {
                case .bytes(let piece): bytes += piece
                case .endOfStream: return bytes
                case .wouldBlock: throw SocketError(.receive, at: peer, code: EAGAIN)
                }
            }
            return bytes
        } catch {
            throw SocketError(
                .receive, at: error.address, code: error.code, part: part(bytes.count, of: whole))
        }
    }

    /// How much has come, for an error's text; `nil` if nothing has.
    private func part(_ count: Int, of whole: Int?) -> String? {
        if count == 0 { return nil }
        if let whole { return "\(count) of \(whole) bytes" }
        return count == 1 ? "1 byte" : "\(count) bytes"
    }

    /// Receives into a buffer that is used again and again; it is filled from its start.
    ///
    /// - Parameter buffer: At least one byte; as many as it holds are taken at once.
    /// - Throws: `SocketError` for `receive`: reset, timed out.
    ///
    /// System call: `recv(2)`.
    public func receive(into buffer: inout [UInt8]) throws(SocketError) -> ReceivedCount {
        let count = try buffer.withUnsafeMutableBufferPointer { bytes throws(SocketError) in
            try complete(.receive, for: .reading) {
                recv(descriptor, bytes.baseAddress, bytes.count, 0)
            }
        }
        switch count {
        case nil: return .wouldBlock
        case 0: return .endOfStream
        case .some(let count): return .count(count)
        }
    }

    /// Sends a datagram.
    ///
    /// - Parameter address: Whom to; `nil` sends to the address this socket is connected to.
    /// - Returns: Whether the kernel took it; `false` only if the socket does not block.
    /// - Throws: `SocketError` for `send`: too long (65,507 bytes for IPv4), or an earlier one
    ///   was refused.
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
    /// - Parameter limit: The longest allowed, in bytes.
    /// - Returns: Its bytes, which may be none, for an empty datagram is a message too, and the
    ///   address that it came from; `nil` if none has come and the socket does not block.
    /// - Throws: `SocketError` for `receive`: `EMSGSIZE` for a longer one, which is gone then;
    ///   `ECONNREFUSED` on a connected socket if nobody listened; timed out.
    ///
    /// System call: `recvmsg(2)`.
    public func receiveDatagram(
        upTo limit: Int = 65_535
    ) throws(SocketError) -> (bytes: [UInt8], sender: SocketAddress)? {
        var sender = SocketAddress()
        var truncated = false
        // One buffer for all: most datagrams are far shorter than the longest that is allowed.
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

    /// Sends a part of an open file without bringing it into the process.
    ///
    /// - Parameters:
    ///   - file: The file's descriptor.
    ///   - offset: Where in the file to begin, in bytes.
    ///   - count: The most to send, in bytes.
    /// - Returns: How many were sent, 0 at the end of the file; `nil` if the socket does not
    ///   block and has no room.
    /// - Throws: `SocketError` for `send`.
    ///
    /// System call: `sendfile(2)`.
    public func sendFile(
        _ file: Int32, from offset: Int, count: Int
    ) throws(SocketError) -> Int? {
        try complete(.send, for: .writing) {
            system_send_file(descriptor, file, Int64(offset), count)
        }
    }
}
