import Protocol

/// The messages of two programs to each other, found in the bytes of both sides as they come.
///
/// ```swift
/// var conversation = try Conversation(1, of: exercise)
/// show(conversation.connect())
/// show(conversation.receive(bytes, from: .client, at: time))
/// show(conversation.end(of: .client, at: time))
/// ```
///
/// Each call returns the events that it brings, in their order. No bytes make a call fail.
public struct Conversation: Sendable {
    /// Which conversation: they count from 1 in the order in which their clients arrived.
    public let number: Int

    private struct Direction: Sendable {
        var cutter: any Cutter
        /// How many bytes have come, and up to which one they have been told.
        var received = 0
        var told = 0
        /// Whether bytes have come since the last pause was told.
        var isFresh = false
        var hasEnded = false
        var wasReset = false
    }

    private var client: Direction
    private var server: Direction

    /// Begins a conversation.
    ///
    /// - Parameters:
    ///   - number: Its number, 1 or more.
    ///   - exercise: The exercise of the two programs.
    ///   - formats: The formats that were chosen in place of the sheet's.
    /// - Throws: `StructLayoutError` for a format that the exercise cannot have.
    public init(
        _ number: Int, of exercise: Exercise, formats: Formats = Formats()
    ) throws(StructLayoutError) {
        self.number = number
        client = Direction(cutter: try exercise.client.cutter(formats))
        server = Direction(cutter: try exercise.server.cutter(formats))
    }

    /// How many bytes a side has sent.
    public func count(of side: Side) -> Int { self[side].received }

    /// Whether bytes of a side wait for more, so that `pause` should be called if none come.
    public func waitsForMore(of side: Side) -> Bool {
        let direction = self[side]
        return direction.isFresh && direction.told < direction.received
    }

    /// The client has connected.
    public func connect() -> [Event] { [event(at: .zero, .connects)] }

    /// One `recv` or one datagram has brought bytes of a side.
    ///
    /// - Parameter time: From the beginning of the conversation, as in all these calls.
    public mutating func receive(_ bytes: [UInt8], from side: Side, at time: Duration) -> [Event] {
        // A reply shows that a message without a line end is whole.
        var events = self[side.other].cutter.mayEndAtPause ? pause(of: side.other, at: time) : []
        self[side].received += bytes.count
        self[side].isFresh = true
        events.append(event(at: time, .segment(from: side, count: bytes.count)))
        let passages = self[side].cutter.add(bytes)
        return events + tell(passages, of: side, at: time)
    }

    /// A side has been silent for a while: its last bytes are told, as a whole message or a part.
    public mutating func pause(of side: Side, at time: Duration) -> [Event] {
        self[side].isFresh = false
        let told = self[side].told
        let passages = self[side].cutter.pause()
        let events = tell(passages, of: side, at: time)
        // A part is told again with the rest of its message.
        if passages.contains(where: \.isPart) { self[side].told = told }
        return events
    }

    /// A side has ended its stream.
    public mutating func end(of side: Side, at time: Duration) -> [Event] {
        finish(side, isCut: false, at: time, .ends(side, after: self[side].received))
    }

    /// A side has reset the connection, which ends both streams.
    public mutating func reset(by side: Side, at time: Duration) -> [Event] {
        finish(side, isCut: true, at: time, .resets(side, after: self[side].received))
    }

    /// The other side can read the bytes of `side` now, up to its byte `end`.
    public func arrive(from side: Side, end: Int, at time: Duration) -> [Event] {
        [event(at: time, .arrives(from: side, end: end))]
    }

    /// The relay has damaged a message or bytes of a side.
    public func damage(_ words: String, from side: Side, at time: Duration) -> [Event] {
        [event(at: time, .damaged(from: side, words))]
    }

    /// Something went wrong that neither side has said.
    public func fail(_ why: String, at time: Duration) -> [Event] {
        [event(at: time, .fails(why))]
    }

    private mutating func finish(
        _ side: Side, isCut: Bool, at time: Duration, _ kind: Event.Kind
    ) -> [Event] {
        guard !self[side].wasReset, isCut || !self[side].hasEnded else { return [] }
        self[side].hasEnded = true
        self[side].wasReset = isCut
        // A stream that has no end of its own is told before the end of the other one.
        var events = self[side.other].cutter.mayEndAtPause ? pause(of: side.other, at: time) : []
        let isFresh = self[side].isFresh
        let passages = self[side].cutter.end(isCut: isCut).filter { isFresh || !$0.isPart }
        events += tell(passages, of: side, at: time)
        return events + [event(at: time, kind)]
    }

    private mutating func tell(
        _ passages: [Passage], of side: Side, at time: Duration
    ) -> [Event] {
        passages.map { passage in
            self[side].told += passage.count
            self[side.other].cutter.notice(passage)
            return event(at: time, .says(side, passage, end: self[side].told))
        }
    }

    private func event(at time: Duration, _ kind: Event.Kind) -> Event {
        Event(connection: number, time: time, kind)
    }

    private subscript(side: Side) -> Direction {
        get { side == .client ? client : server }
        _modify {
            if side == .client { yield &client } else { yield &server }
        }
    }
}
