import Protocol
import Sockets

extension MessageStream {
    /// What a wait brought.
    public enum Event {
        /// The peer sent a message.
        case message(Format.Incoming)
        /// Nothing of the peer's came first: the time is over, or there is input at the keyboard.
        case nothing
        /// The peer has ended its stream, after its last message.
        case end
    }

    /// Waits for a message that the peer owes; each byte that comes gives it the timeout anew.
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
    /// - Parameter onceBegun: Whether the time counts only from the message's first byte, as where
    ///   a person at the other end thinks.
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
    ///   - time: How long it may take to begin; zero takes only what has come already. Without a
    ///     limit the peer may take its time to begin, but owes each next byte of a message.
    ///   - descriptor: Where the keyboard is read; `nil` if there is none, or input has ended.
    /// - Throws: As `receive()`; `NoReply` only without a limit.
    public func nextEvent(
        within time: Duration? = nil, orInputAt descriptor: Int32? = nil
    ) throws -> Event {
        let end = time.map { Instant.now + $0 }
        var limit: Instant {
            // A pause that may end the message that has begun is waited for.
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
    ///   - descriptor: Where the keys are read, looked up anew each time; `nil` if there is none.
    ///   - takeInput: Takes in what was typed.
    /// - Returns: `nil` at a clean end.
    /// - Throws: As `nextEvent(orInputAt:)`; what `takeInput` throws.
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
    /// For people who speak by turns: what the peer sends out of its turn stays to be received.
    ///
    /// - Parameter descriptor: Where the keyboard is read; `nil` waits for nothing, and only looks
    ///   whether the peer has left.
    /// - Returns: `false` if the peer has ended its stream and everything it said was received.
    /// - Throws: `SocketError` for `receive`: the peer has reset the connection.
    public func waitForInput(at descriptor: Int32?) throws -> Bool {
        // The caller reads the keyboard next, and may take all that was noticed there before.
        isInputWaiting = false
        // A peer that runs far ahead of its turn is no longer watched.
        let event = try wait(
            taking: false, orInputAt: descriptor,
            until: descriptor == nil ? .now : .distantFuture,
            unless: input.count >= Self.inputLimit)
        if case .end = event { return !input.isEmpty }
        return true
    }

    /// The one wait, of which all others are made: for the peer, the keyboard and the clock.
    ///
    /// - Parameters:
    ///   - takes: Whether messages are taken. Else their bytes come in and stay.
    ///   - descriptor: Where there may be input other than the peer's, if anywhere.
    ///   - limit: When to give up, asked anew after each byte; one look comes before it.
    ///   - isEnough: Whether to give up without another look.
    func wait(
        taking takes: Bool = true, orInputAt descriptor: Int32? = nil,
        until limit: @autoclosure () -> Instant, unless isEnough: @autoclosure () -> Bool = false
    ) throws -> Event {
        while true {
            if takes, let message = try nextMessage() { return .message(message) }
            if inputEnded { return .end }
            // After each look the keyboard has its turn, however much the peer sends.
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

    /// Takes in what has come.
    ///
    /// - Returns: Whether anything had, the end of the stream included.
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

    /// Takes the next message off what has come.
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

    /// When the silence is long enough to end the message that has begun, if it may.
    private var pauseEnd: Instant? {
        pause > .zero && framing.mayEndAtPause(input) ? lastInput + pause : nil
    }
}
