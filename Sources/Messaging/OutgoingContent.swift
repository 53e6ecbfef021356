import Sockets

/// Something too long to be queued whole, such as a file: the server asks for it piece by piece,
/// whenever the peer has room.
public protocol OutgoingContent: AnyObject {
    /// Sends the next piece, some 256 KiB at most so that other peers get their turn.
    ///
    /// - Parameter socket: The peer's socket; it does not block.
    /// - Returns: What is to be done next.
    /// - Throws: Any error whose description tells what is wrong with the content, or a
    ///   `SocketError`. The connection is then reset, so that the peer cannot take a part for
    ///   the whole.
    func sendPiece(to socket: Socket) throws -> ContentProgress
}

/// What became of a piece of content.
public enum ContentProgress: Sendable {
    /// The piece was sent; the next may follow at once.
    case sent
    /// The peer has no room at the moment.
    case blocked
    /// That was the last one.
    case finished
}
