import Sockets

/// Something that is too long to be queued whole, such as a file. The server asks for the next
/// piece whenever the peer has room.
public protocol OutgoingContent: AnyObject {
    /// Sends the next piece, some 256 KiB at most so that other peers get their turn.
    ///
    /// - Parameter socket: The peer's socket; it does not block.
    /// - Returns: How to go on.
    /// - Throws: A `SocketError`, or an error whose description tells the fault of the content. The
    ///   connection is then reset, so that the peer does not take a part for all of it.
    func sendPiece(to socket: Socket) throws -> ContentProgress
}

/// The result of sending a piece of content.
public enum ContentProgress: Sendable {
    /// The piece was sent; the next may follow at once.
    case sent
    /// The peer has no room at the moment.
    case blocked
    /// That was the last piece.
    case finished
}
