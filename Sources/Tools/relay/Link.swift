import Conversations
import Sockets

/// One client's connection through the relay: a socket to each side, and the bytes between them.
final class Link {
    /// One of the two sockets, and the bytes that come from it.
    final class End {
        let socket: Socket
        let side: Side
        /// The number by which the poller knows the socket.
        let token: Int
        /// The bytes that have come from this side and go to the other one.
        var lane: Lane
        /// The readiness that the poller watches for; empty if it does not watch the socket at all.
        var watched: Interest = []
        /// Whether the connection stands, so that bytes can be sent.
        var isConnected: Bool
        /// The side has ended its stream, or reset the connection.
        var inputEnded = false
        /// The relay has ended its own stream to this side.
        var isShut = false
        /// The last send found no room.
        var isFull = false
        var lastInput = Instant.now

        /// Whether more of its bytes can be taken in.
        var mayRead: Bool { isConnected && !inputEnded && !lane.isFull }

        init(_ socket: Socket, _ side: Side, token: Int, lane: Lane, isConnected: Bool) {
            self.socket = socket
            self.side = side
            self.token = token
            self.lane = lane
            self.isConnected = isConnected
        }
    }

    let client: End
    var server: End
    var conversation: Conversation
    let began = Instant.now
    /// The server's addresses that have not been tried.
    var addresses: ArraySlice<SocketAddress>
    /// When the attempt to connect is given up.
    var connectEnd: Instant?
    var isClosed = false

    init(
        client: End, server: End, conversation: Conversation, addresses: ArraySlice<SocketAddress>
    ) {
        self.client = client
        self.server = server
        self.conversation = conversation
        self.addresses = addresses
    }

    subscript(side: Side) -> End { side == .client ? client : server }

    /// Whether more of a side's bytes can be taken in.
    ///
    /// The client's bytes wait in its own system until the server has accepted: so each message
    /// leaves as it comes, and no two of them wait here for the same moment.
    func mayRead(from end: End) -> Bool { end.mayRead && server.isConnected }

    /// How long the conversation has lasted.
    var time: Duration { .now - began }
}
