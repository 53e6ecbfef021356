import Sockets

/// Whose messages are handled next, so that nobody waits behind somebody else's flood.
///
/// A turn is what one connection is given before the next: about half a millisecond, or one
/// message that takes longer. A connection whose bytes have just come is heard first. What a turn
/// leaves over waits: when all that were ready are heard, one of those that wait goes on, and the
/// loop looks again. So a question beside any number of floods waits for one turn, not for the
/// thousands of messages that came before it.
struct Turns {
    /// How long a turn takes.
    static let length = Duration.microseconds(500)

    /// Connections that have not been heard since their bytes came.
    private var fresh = Fifo<Connection>()
    /// Connections whose turn ended before their messages did.
    private var waiting = Fifo<Connection>()
    /// The loop has looked who is ready since one of those that wait has gone on.
    private var hasLooked = false

    /// Whether some connection has messages that can be handled without a wait.
    var isEmpty: Bool { fresh.isEmpty && waiting.isEmpty }

    /// Notes that a connection's bytes have come.
    mutating func add(_ connection: Connection) { fresh.append(connection) }

    /// Notes that a connection's turn has ended before its messages.
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
        guard canDecode(from: connection) else {
            connection.isListedForDecoding = false
            return false
        }
        heard = connection
        turnEnd = nil
        return true
    }

    /// Ends the turn of the connection that was heard last; what it has left over waits.
    func endTurn() {
        guard let connection = heard else { return }
        heard = nil
        guard connection.isListedForDecoding else { return }
        if connection.input.isEmpty, !connection.inputEnded {
            // Where nothing is left, there is no need to ask again.
            noteDecoded(connection)
        } else {
            turns.addAgain(connection)
        }
    }

    /// Whether the turn goes on, when another message is about to be taken in it.
    @usableFromInline
    func turnGoesOn(for connection: Connection) -> Bool {
        // Where the replies pile up they have to leave first.
        guard connection.outbox.count <= Self.congestion else { return false }
        let now = Instant.now
        let end = turnEnd ?? now + turnLength
        turnEnd = end
        return now < end
    }
}
