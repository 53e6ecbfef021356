import Protocol
import Sockets

extension MessageStream {
    /// The result of a wait.
    public enum Event {
        /// The peer sent a message.
        case message(Format.Incoming)
        /// No message has come first: the time is over, or there is input at the keyboard.
        case nothing
        /// The peer has ended its stream, after its last message.
        case end
    }

    /// Waits for a message that the peer owes. After each byte the peer has the whole timeout
    /// again.
    ///
    /// - Returns: `nil` at a clean end.
    /// - Throws: `SocketError` for `receive`; `ProtocolError` for a message that breaks the
    ///   rules or is cut off; `NoReply` when no byte has come for the timeout.
    public func receive() throws -> Format.Incoming? {
        let begun = Instant.now
        switch try wait(until: max(begun, lastInput) + timeout) {
        case .message(let message): return message
        case .end: return nil
        case .nothing: throw noReply
        }
    }

    /// Waits for a message, and gives the peer the timeout for the whole of it.
    ///
    /// For a server that serves one client after another, or has a thread for each.
    ///
    /// - Parameter onceBegun: Whether the time counts only from the message's first byte, since a
    ///   person at the other end may think for long.
    /// - Returns: `nil` at a clean end, and when the program is to end (`stopDescriptor`). A peer
    ///   that goes without having sent a byte was a port probe, and counts as a clean end.
    /// - Throws: As `receive()`; `NoReply` when the time is over.
    public func receiveWhole(onceBegun: Bool = false) throws -> Format.Incoming? {
        let begun = Instant.now
        var limit: Instant {
            guard onceBegun else { return begun + timeout }
            return input.isEmpty ? .distantFuture : max(begun, inputBegan) + timeout
        }
        do {
            switch try wait(orInputAt: stopDescriptor, until: limit) {
            case .message(let message): return message
            case .nothing where limit <= .now: throw tooSlow
            case .nothing, .end: return nil
            }
        } catch let error as SocketError where error.isDisconnection && receivedCount == 0 {
            inputEnded = true
            return nil
        }
    }

    /// Waits for the peer's next message for a time, or until there is input at the keyboard.
    ///
    /// - Parameters:
    ///   - time: How long to wait for the message; zero takes only one that has come already. With
    ///     `nil`, the message may begin at any time, but then owes each next byte within the
    ///     timeout.
    ///   - descriptor: The keyboard's descriptor; `nil` if there is none, or its input has ended.
    /// - Throws: As `receive()`; `NoReply` only if `time` is `nil`.
    public func nextEvent(
        within time: Duration? = nil, orInputAt descriptor: Int32? = nil
    ) throws -> Event {
        let end = time.map { Instant.now + $0 }
        var limit: Instant {
            // If a pause may end the message that has begun, wait for it.
            if let end { return max(end, pauseEnd ?? end) }
            return input.isEmpty ? .distantFuture : lastInput + timeout
        }
        let event = try wait(orInputAt: descriptor, until: limit)
        if case .nothing = event, end == nil, limit <= .now { throw noReply }
        return event
    }

    /// Waits for the peer's next message without a limit, while a person here may go on typing.
    ///
    /// - Parameters:
    ///   - descriptor: The keyboard's descriptor, computed before each wait; `nil` if there is
    ///     none.
    ///   - takeInput: Reads the keys that were typed.
    /// - Returns: `nil` at a clean end.
    /// - Throws: As `nextEvent(orInputAt:)`; the errors of `takeInput`.
    public func receive(
        whileTypingAt descriptor: @autoclosure () -> Int32?, _ takeInput: () throws -> Void
    ) throws -> Format.Incoming? {
        while true {
            switch try nextEvent(orInputAt: descriptor()) {
            case .message(let message): return message
            case .nothing: try takeInput()
            case .end: return nil
            }
        }
    }

    /// Waits for input at the keyboard, and notices meanwhile that the peer leaves.
    ///
    /// For people who speak in turn. If the peer sends messages out of its turn, they stay for the
    /// next receive.
    ///
    /// - Parameter descriptor: The keyboard's descriptor; with `nil` this does not wait, and only
    ///   looks whether the peer has left.
    /// - Returns: `false` if the peer has ended its stream and all its bytes were taken.
    /// - Throws: `SocketError` for `receive`: the peer has reset the connection.
    public func waitForInput(at descriptor: Int32?) throws -> Bool {
        // An earlier wait may have noticed input that was read since then.
        isInputWaiting = false
        // If the peer is far ahead of its turn, it is no longer watched.
        let event = try wait(
            taking: false, orInputAt: descriptor,
            until: descriptor == nil ? .now : .distantFuture,
            unless: input.count >= Self.inputLimit)
        if case .end = event { return !input.isEmpty }
        return true
    }

    /// Waits for the peer, the keyboard and the clock; all other waits call this one.
    ///
    /// - Parameters:
    ///   - takes: Whether messages are taken. Otherwise their bytes come in and stay.
    ///   - descriptor: A descriptor that ends the wait when it has input, if there is one.
    ///   - limit: When to give up, computed anew before each look; there is one look at least.
    ///   - isEnough: Whether to give up without another look.
    func wait(
        taking takes: Bool = true, orInputAt descriptor: Int32? = nil,
        until limit: @autoclosure () -> Instant, unless isEnough: @autoclosure () -> Bool = false
    ) throws -> Event {
        while true {
            if takes, let message = try nextMessage() { return .message(message) }
            if inputEnded { return .end }
            // The keyboard has its turn after each look, however much the peer sends.
            if isInputWaiting, descriptor != nil {
                isInputWaiting = false
                return .nothing
            }
            if isEnough() { return .nothing }
            let (limit, pauseEnd) = (limit(), takes ? pauseEnd : nil)
            let ready = try waitUntilReady(
                socket, for: .reading, orInputAt: descriptor, until: min(limit, pauseEnd ?? limit))
            isInputWaiting = ready.input
            if try ready.socket && receiveBytes() { continue }
            if let pauseEnd, pauseEnd <= .now, let message = try nextMessage(isPauseOver: true) {
                return .message(message)
            }
            if !ready.input, limit <= .now { return .nothing }
        }
    }

    /// Receives the bytes that have come, without waiting.
    ///
    /// - Returns: Whether bytes or the end of the stream had come.
    func receiveBytes() throws(SocketError) -> Bool {
        switch try socket.receive(into: &buffer) {
        case .wouldBlock: return false
        case .endOfStream: inputEnded = true
        case .count(let count):
            lastInput = .now
            if input.isEmpty { inputBegan = lastInput }
            receivedCount += count
            input.append(buffer[..<count])
        }
        return true
    }

    /// Takes the next message from the bytes that have come.
    ///
    /// - Parameter isPauseOver: Whether a pause has ended the message that has begun.
    func nextMessage(isPauseOver: Bool = false) throws(ProtocolError) -> Format.Incoming? {
        let before = trace == nil ? ArraySlice<UInt8>() : input.bytes
        var message = try framing.decode(&input)
        if message == nil, inputEnded || isPauseOver { message = try framing.decodeAtEnd(&input) }
        guard let message else { return nil }
        if let trace {
            let bytes = before.dropLast(input.count)
            trace("from \(address): \(framing.describe(incoming: message).with(bytes))")
        }
        return message
    }

    /// When a silence ends the message that has begun; `nil` if none may end it.
    private var pauseEnd: Instant? {
        pause > .zero && framing.mayEndAtPause(input) ? lastInput + pause : nil
    }
}
