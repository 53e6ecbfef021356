import CSystem

/// The readiness of a socket that a wait is for.
public struct Interest: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Bytes, a client to accept, the end of the stream, or an error.
    public static let reading = Interest(rawValue: 1)
    /// Room for bytes to send, or the end of a connect.
    public static let writing = Interest(rawValue: 2)
}

extension Socket {
    /// Chooses whether calls wait until they can be completed, like Python's `setblocking`.
    ///
    /// System call: `fcntl(2)` with `O_NONBLOCK`.
    public func setBlocking(_ blocking: Bool) throws(SocketError) {
        try setWaiting(blocking ? .forever : .never)
    }

    /// Lets each call wait for at most `timeout`, like Python's `settimeout`.
    ///
    /// - Parameter timeout: With `nil` a call waits for ever; with zero, not at all. With a longer
    ///   timeout, a call that takes longer throws a `SocketError` whose `isTimeout` is true.
    ///   `sendAll`, `receiveAll` and `receive(exactly:)` count as one call each, in however many
    ///   pieces the bytes go.
    public func setTimeout(_ timeout: Duration?) throws(SocketError) {
        switch timeout {
        case nil: try setWaiting(.forever)
        case .some(let time) where time <= .zero: try setWaiting(.never)
        case .some(let time): try setWaiting(.atMost(time))
        }
    }

    /// Waits until the socket is ready.
    ///
    /// - Parameter deadline: When to give up; `nil` is never.
    /// - Returns: Whether it is ready. It is so after an error or a hang-up, too: the next call
    ///   reports it.
    ///
    /// System call: `poll(2)`.
    public func waitUntilReady(
        for interest: Interest, until deadline: Instant? = nil
    ) throws(SocketError) -> Bool {
        try Sockets.waitUntilReady(self, for: interest, orInputAt: nil, until: deadline).socket
    }

    /// When a call that begins now must be completed; `nil` is never.
    var deadline: Instant? {
        if case .atMost(let time) = waiting { return .now + time }
        return nil
    }

    /// Makes a call that may have to wait, and waits as long as this socket may.
    ///
    /// - Parameter deadline: When to give up, for one of several calls that share the socket's
    ///   timeout; `nil` gives the call the whole timeout.
    /// - Returns: The call's result, or `nil` if it would have to wait and must not.
    /// - Throws: `SocketError`, with `ETIMEDOUT` when the time has passed.
    func complete<Result: BinaryInteger>(
        _ operation: SocketError.Operation, at address: SocketAddress? = nil,
        for interest: Interest, until deadline: Instant? = nil, _ call: () -> Result
    ) throws(SocketError) -> Result? {
        if let result = try systemCall(operation, at: address ?? peer, call) { return result }
        guard case .atMost(let time) = waiting else { return nil }
        let deadline = deadline ?? .now + time
        while try waitUntilReady(for: interest, until: deadline) {
            if let result = try systemCall(operation, at: address ?? peer, call) { return result }
        }
        throw SocketError(operation, at: address ?? peer, code: ETIMEDOUT)
    }
}

/// Waits until a socket is ready, or another descriptor (for example the keyboard's) has input.
///
/// - Parameters:
///   - socket: The socket.
///   - interest: The readiness to wait for; if it is empty, only a failure ends the wait.
///   - descriptor: The other descriptor, if there is one.
///   - deadline: When to give up; `nil` is never.
/// - Returns: Whether each of the two is ready: one or both, or neither after the deadline.
///
/// System call: `poll(2)`.
public func waitUntilReady(
    _ socket: Socket, for interest: Interest, orInputAt descriptor: Int32?,
    until deadline: Instant? = nil
) throws(SocketError) -> (socket: Bool, input: Bool) {
    var events: Int16 = 0
    if interest.contains(.reading) { events |= Int16(POLLIN) }
    if interest.contains(.writing) { events |= Int16(POLLOUT) }
    // poll passes over a negative descriptor.
    var watched = [
        pollfd(fd: socket.descriptor, events: events, revents: 0),
        pollfd(fd: descriptor ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    var ready: Int32?
    repeat {
        ready = try systemCall(.poll) {
            // After a signal the time that is left is computed anew, so that signals cannot stretch
            // the wait.
            let milliseconds = deadline.map { ($0 - .now).milliseconds } ?? -1
            return poll(&watched, nfds_t(watched.count), milliseconds)
        }
    } while ready ?? 0 == 0 && deadline.map { .now < $0 } ?? true
    return (watched[0].revents != 0, watched[1].revents != 0)
}
