import CSystem

/// The result of a receive on a stream.
public enum Received: Equatable, Sendable {
    /// At least one byte.
    case bytes([UInt8])
    /// The peer has ended its direction; nothing more will come.
    case endOfStream
    /// Nothing has come yet, and the socket does not block.
    case wouldBlock
}

/// The result of a receive into a buffer.
public enum ReceivedCount: Equatable, Sendable {
    /// The number of bytes that are now in the buffer, at least one.
    case count(Int)
    /// The peer has ended its direction; nothing more will come.
    case endOfStream
    /// Nothing has come yet, and the socket does not block.
    case wouldBlock
}

extension Socket {
    /// Sends as many of the bytes as the kernel takes.
    ///
    /// - Returns: How many it took, fewer than offered if its buffer is full; `nil` if it took none
    ///   and the socket does not block.
    /// - Throws: `SocketError` for `send`: `EPIPE` or `ECONNRESET` once the peer has gone.
    ///
    /// System call: `send(2)`.
    public func send(_ bytes: ArraySlice<UInt8>) throws(SocketError) -> Int? {
        try send(bytes, until: nil)
    }

    /// Sends as many of the bytes as the kernel takes. See `send(_:)` for a slice.
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

    /// Sends all of the bytes; waits while the kernel has no room for them.
    ///
    /// One send may take only a part of the bytes. This call then sends the rest again, until all
    /// are taken. A timeout counts for the whole.
    ///
    /// - Parameter bytes: The bytes to send. An empty array makes no system call.
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

    /// Receives the bytes that have come; waits for at least one.
    ///
    /// - Parameter limit: The most bytes to take, 1 or more. The next call takes the rest.
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

    /// Receives all bytes until the peer ends its stream. The twin of `sendAll`.
    ///
    /// One receive may bring only a part of the bytes. This call then receives again, until the end
    /// of the stream. A timeout counts for the whole.
    ///
    /// - Parameter limit: The most bytes that the peer may send. If it sends more, the call fails,
    ///   and the rest stays unread.
    /// - Returns: The bytes; none if the peer has sent none.
    /// - Throws: `SocketError` for `receive`: reset, timed out, `EMSGSIZE` for more than `limit`,
    ///   `EAGAIN` if the socket must not block and the end has not come yet.
    ///
    /// System call: `recv(2)`.
    public func receiveAll(upTo limit: Int) throws(SocketError) -> [UInt8] {
        let bytes = try receivePieces(upTo: limit + 1, of: nil)
        guard bytes.count <= limit else {
            throw SocketError(.receive, at: peer, code: EMSGSIZE, part: "\(limit) bytes")
        }
        return bytes
    }

    /// Receives exactly `count` bytes, in one piece or in many. A timeout counts for the whole.
    ///
    /// - Parameter count: The number of bytes, 1 or more.
    /// - Throws: `SocketError` for `receive`: reset, timed out, `ENODATA` if the stream ends
    ///   before, `EAGAIN` if the socket must not block and not all have come yet.
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

    /// Receives into a buffer that is used again and again, from its start.
    ///
    /// - Parameter buffer: Room for one byte or more; one call takes at most as many as it holds.
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

    /// Sends a part of an open file without copying it into the process.
    ///
    /// - Parameters:
    ///   - file: The file's descriptor.
    ///   - offset: The place in the file to begin at, in bytes.
    ///   - count: The most bytes to send.
    /// - Returns: How many bytes were sent, 0 at the end of the file; `nil` if the socket does not
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
