import Sockets

/// Whose messages are handled next, so that nobody waits behind somebody else's flood.
///
/// A turn is what one connection is given before the next: about half a millisecond, or one
/// message that takes longer. A connection whose bytes have just come is heard first. What a turn
/// leaves over waits: when all that were ready are heard, one of those that wait goes on, and the
/// loop looks again. So a question beside any number of floods waits for one turn, not for the
/// thousands of messages that came before it.
///
///              bytes, the end of the
///              stream, a silence: add                  beginTurn
///     +------+                         +----------+               +-------+
///     | idle |------------------------>|  listed  |-------------->| heard |
///     +------+                         +----------+               +-------+
///        ^                              |  ^    ^                   |   |
///        |                              |  |    | its time is over: |   |
///        |         its replies pile up: |  |    +-- endTurn, goOn --+   |
///        |         beginTurn            |  |                            |
///        |                              V  | they have left: flush      |
///        |                         +-----------+                        |
///        |                         | congested |                        |
///        |                         +-----------+                        |
///        |                                                              |
///        +------------- no whole message is left: endTurn --------------+
///
/// A connection that is listed is not read, or a flood would fill the memory.
struct Turns {
    /// How long a turn takes.
    static let length = Duration.microseconds(500)

    /// The connection whose turn it is, or that has time for a last word.
    var heard: Connection?
    /// When its turn ends, once that has been asked for.
    var end: Instant?
    /// Connections that have not been heard since their bytes came.
    private var fresh = Fifo<Connection>()
    /// Connections whose turn ended before their messages did.
    private var waiting = Fifo<Connection>()
    /// The loop has looked who is ready since one of those that wait has gone on.
    private var hasLooked = false

    /// Whether some connection has messages that can be handled without a wait.
    var isEmpty: Bool { fresh.isEmpty && waiting.isEmpty }

    /// Puts a connection in line, unless it stands there or may not yet be heard.
    mutating func add(_ connection: Connection) {
        guard connection.turn == .idle else { return }
        connection.turn = .listed
        fresh.append(connection)
    }

    /// Lets a connection wait whose turn has ended before its messages.
    mutating func addAgain(_ connection: Connection) { waiting.append(connection) }

    /// The connection to be heard next; `nil` if nobody's bytes have come.
    mutating func next() -> Connection? { fresh.popFirst() }

    /// Notes that the loop has looked who is ready.
    mutating func noteLook() { hasLooked = true }

    /// Lets one of those that wait go on, once all that were ready at the last look are heard.
    ///
    /// - Returns: Whether there is one; if not, it is time to look again.
    mutating func goOn() -> Bool {
        guard hasLooked, let connection = waiting.popFirst() else { return false }
        hasLooked = false
        fresh.append(connection)
        return true
    }

    /// Forgets all.
    mutating func removeAll() {
        fresh.removeAll()
        waiting.removeAll()
    }
}

extension ConnectionLoop {
    /// Gives a connection its turn, if its messages can be taken now.
    func beginTurn(of connection: Connection) -> Bool {
        // Also where the connection has gone meanwhile: one less waits.
        idleWakes = 0
        // Where the replies pile up they have to leave first.
        if connection.outbox.count > Self.congestion { flush(connection) }
        guard connection.isOpen else { return false }
        guard connection.outbox.count <= Self.congestion else {
            connection.turn = .congested
            updateInterest(of: connection)
            return false
        }
        turns.heard = connection
        turns.end = nil
        return true
    }

    /// Whether the turn goes on, when another message is about to be taken in it.
    @usableFromInline
    func turnGoesOn(for connection: Connection) -> Bool {
        guard connection.outbox.count <= Self.congestion else { return false }
        let now = Instant.now
        let end = turns.end ?? now + turnLength
        turns.end = end
        return now < end
    }

    /// Ends the turn of the connection that was heard last, or its time for a last word.
    ///
    /// - Parameter isDone: It had no whole message. Else it had one, and may have more.
    @usableFromInline
    func endTurn(isDone: Bool = false) {
        guard let connection = turns.heard else { return }
        turns.heard = nil
        if !isDone { connection.lastMessage = now }
        switch connection.state {
        // Where nothing is left, there is no need to ask again.
        case .open where isDone || connection.input.isEmpty:
            connection.turn = .idle
            schedule(connection)
        // The end is told after the content.
        case .halfClosed where isDone && connection.content != nil:
            connection.turn = .idle
            schedule(connection)
        case .halfClosed where isDone:
            connection.turn = .idle
            tellEnd(of: connection, because: nil)
            connection.state = .lastWord
        case .open, .halfClosed: turns.addAgain(connection)
        case .lastWord: finish(connection, because: nil)
        case .finishing, .parting, .lingering, .closed: break
        }
    }
}
