import Conversations
import Sockets

extension DatagramRelay {
    /// One client's address, and the socket by which the server knows it.
    final class Client {
        let address: SocketAddress
        let socket: Socket
        let token: Int
        let began = Instant.now
        var lastUse = Instant.now
        var conversation: Conversation
        /// A datagram of each side that waits for the next one, to leave behind it.
        var waiting: [Side: (datagram: Datagram, until: Instant)] = [:]

        init(_ address: SocketAddress, _ socket: Socket, token: Int, _ conversation: Conversation) {
            self.address = address
            self.socket = socket
            self.token = token
            self.conversation = conversation
        }

        var time: Duration { .now - began }
    }

    /// A datagram on its way, and what is done to it.
    struct Datagram {
        let bytes: [UInt8]
        /// How many bytes its side has sent with it.
        let end: Int
        let delay: Duration?
        let isDoubled: Bool
    }
}
