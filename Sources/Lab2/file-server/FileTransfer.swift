import Files
import Messaging
import Protocol
import Sockets

/// A file that is being sent, as fast as the client reads.
final class FileTransfer: OutgoingContent {
    /// The bytes of a file that are sent in one piece: whole blocks, and not too many at once, so
    /// that the other clients get their turn.
    private static let pieceSize = 256 * FileReply.blockSize

    private let file: RegularFile
    private let isFramed: Bool
    private let trace: ((String) -> Void)?
    /// The number of bytes that have been read or sent.
    private var offset = 0
    /// Framed blocks read from the file, and how much of them has been sent.
    private var blocks: [UInt8] = []
    private var sent = 0

    /// Makes a transfer that begins with the file's first byte.
    ///
    /// - Parameter trace: Gets a line for each piece that is sent.
    init(of file: RegularFile, isFramed: Bool, trace: ((String) -> Void)?) {
        self.file = file
        self.isFramed = isFramed
        self.trace = trace
    }

    /// The name that the client asked for.
    var name: String { file.name }

    /// The number of bytes to send.
    var size: Int { file.size }

    /// Whether the file's size has changed since the transfer began.
    var hasChanged: Bool { (try? file.currentSize()) != file.size }

    func sendPiece(to socket: Socket) throws -> ContentProgress {
        isFramed ? try sendBlocks(to: socket) : try sendBareBytes(to: socket)
    }

    private func sendBareBytes(to socket: Socket) throws -> ContentProgress {
        guard offset < size else { return .finished }
        let count = min(4 * Self.pieceSize, size - offset)
        guard let sent = try socket.sendFile(file.descriptor, from: offset, count: count) else {
            return .blocked
        }
        guard sent > 0 else { throw shrunk }
        // There is no hex here: the kernel sends these bytes, and this process never has them.
        trace?("\(sent) bytes of \(name.escaped)")
        offset += sent
        return offset == size ? .finished : .sent
    }

    private func sendBlocks(to socket: Socket) throws -> ContentProgress {
        if sent == blocks.count { try readBlocks() }
        guard let taken = try socket.send(blocks[sent...]) else { return .blocked }
        if let trace {
            let bytes = hexadecimal(blocks[sent...].prefix(taken))
            trace("\(taken) bytes of \(name.escaped), in blocks [\(bytes)]")
        }
        sent += taken
        return sent == blocks.count && offset > size ? .finished : .sent
    }

    /// Reads the next blocks, and after the last one adds the end.
    private func readBlocks() throws {
        sent = 0
        let count = min(Self.pieceSize, size - offset)
        let blockCount = (count + FileReply.blockSize - 1) / FileReply.blockSize
        let length = count + 2 * blockCount
        if blocks.count != length { blocks = [UInt8](repeating: 0, count: length) }
        let read = try file.read(
            from: offset, count: count, into: &blocks, blockSize: FileReply.blockSize, gap: 2)
        guard read == count else { throw shrunk }
        FileReply.writeLengths(ofBlocksWith: count, into: &blocks)
        offset += count
        if offset == size {
            blocks += FileReply.end
            offset += 1  // past the file: the end has been queued too
        }
    }

    private var shrunk: ProtocolError {
        ProtocolError("\(name.escaped) has become shorter while it was sent")
    }
}

extension Folder {
    /// Opens the file that a client asked for.
    ///
    /// - Throws: `FileError`; its reason may be told to the client.
    func open(_ request: FileRequest) throws(FileError) -> RegularFile {
        // A name that is not UTF-8 has U+FFFD here, so it would name a wrong file.
        if let flaw = request.flaw { throw FileError(.open, request.name, reason: flaw) }
        return try open(request.name)
    }
}
