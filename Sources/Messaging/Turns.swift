import Sockets

/// The order in which connections are heard, so that none waits behind the flood of another.
///
/// A turn is the time that one connection has before the next: about half a millisecond, or one
/// message that takes longer. Connections with new bytes are heard first. If a connection has
/// messages left after its turn, it waits. When all connections that were ready are heard, one that
/// waits goes on, and the loop looks again. So a question beside any number of floods waits for one
/// turn, not for the thousands of messages that came before it.
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
/// The loop does not receive from a listed connection, or a flood would fill the memory.
struct Turns {
    /// How long a turn takes.
    static let length = Duration.microseconds(500)

    /// The connection whose turn it is, or that has time for a last word.
    var heard: Connection?
    /// When its turn ends; `nil` until it has asked for a second message.
    var end: Instant?
    /// Connections to be heard at once: they have new bytes, or may go on.
    private var fresh = Fifo<Connection>()
    /// Connections whose turn ended before their messages did.
    private var waiting = Fifo<Connection>()
    /// Whether the loop has looked for ready sockets since a waiting connection last went on.
    private var hasLooked = false

    /// Whether no connection is in line.
    var isEmpty: Bool { fresh.isEmpty && waiting.isEmpty }

    /// Puts a connection in line, unless it is there already or is congested.
    mutating func add(_ connection: Connection) {
        guard connection.turn == .idle else { return }
        connection.turn = .listed
        fresh.append(connection)
    }

    /// Lets a connection wait, since its turn has ended before its messages.
    mutating func addAgain(_ connection: Connection) { waiting.append(connection) }

    /// Takes the next connection to be heard at once; `nil` if there is none.
    mutating func next() -> Connection? { fresh.popFirst() }

    /// Notes that the loop has looked for ready sockets.
    mutating func noteLook() { hasLooked = true }

    /// Lets a waiting connection go on, once all that were ready at the last look are heard.
    ///
    /// - Returns: Whether there is one; if not, it is time to look again.
    mutating func goOn() -> Bool {
        guard hasLooked, let connection = waiting.popFirst() else { return false }
        hasLooked = false
        fresh.append(connection)
        return true
    }

    /// Removes all connections from the line.
    mutating func removeAll() {
        fresh.removeAll()
        waiting.removeAll()
    }
}

extension ConnectionLoop {
    /// Gives a connection its turn, if its messages can be taken now.
    func beginTurn(of connection: Connection) -> Bool {
        // This wake was not idle, even if the connection has gone meanwhile: one less waits.
        idleWakes = 0
        // If the replies pile up, they have to leave first.
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

    /// Whether the turn has time for another message.
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
    /// - Parameter isDone: Whether it had no whole message. Otherwise it had one, and may have
    ///   more.
    @usableFromInline
    func endTurn(isDone: Bool = false) {
        guard let connection = turns.heard else { return }
        turns.heard = nil
        if !isDone { connection.lastMessage = now }
        switch connection.state {
        // If no bytes are left, there is no need to ask again.
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
