import Sockets

/// One browser's connection to the live page.
final class Viewer {
    /// The thing that it waits for.
    enum Stage {
        /// The head of its request.
        case asking
        /// An answer that ends, after which the connection does.
        case answering
        /// The next events.
        case watching
        /// The end of its own stream.
        case leaving
    }

    private static let surplusLimit = 65_536
    /// How much is taken out of the log at a time.
    private static let chunk = 65_536

    let socket: Socket
    /// The number by which the poller knows it.
    let token: Int
    var stage = Stage.asking
    /// The part of its request that has come; how many bytes have come that nobody asked for.
    private var head: [UInt8] = []
    private var surplus = 0
    /// The bytes that it is sent before anything else.
    var pending: ArraySlice<UInt8> = []
    /// The event that comes next for it.
    var place = 0
    /// How much had been written when it came: that does not count as waiting.
    var joined = 0
    /// The last send found no room.
    var isFull = false
    /// Its stream has ended, while its answer is still on the way.
    private(set) var inputEnded = false
    var watched = Interest.reading
    /// When it is dropped, or sent a sign of life if all it waits for is the next event.
    var deadline: Instant

    init(_ socket: Socket, token: Int, deadline: Instant) {
        self.socket = socket
        self.token = token
        self.deadline = deadline
    }

    /// The outcome of a receive.
    enum Heard {
        case nothing
        /// The head of its request, up to the empty line.
        case request(ArraySlice<UInt8>)
        case tooLongRequest
        /// It has gone, or sends bytes that nobody asked for.
        case end
    }

    /// Receives the bytes that have come.
    ///
    /// - Parameter buffer: Where it is put first; anybody may use it afterwards.
    func receive(by buffer: inout [UInt8]) -> Heard {
        do throws(SocketError) {
            switch try socket.receive(into: &buffer) {
            case .wouldBlock: return .nothing
            case .endOfStream where stage == .answering:
                inputEnded = true
                return .nothing
            case .endOfStream: return .end
            case .count(let count) where stage == .asking: return read(buffer[..<count])
            case .count(let count):
                surplus += count
                return surplus > Self.surplusLimit ? .end : .nothing
            }
        } catch {
            return .end
        }
    }

    /// Looks for the end of the head in the new bytes.
    private func read(_ bytes: ArraySlice<UInt8>) -> Heard {
        let scanned = max(0, head.count - 3)
        head += bytes
        let newline = UInt8(ascii: "\n")
        let kept = head.prefix(PageRequest.limit)
        let end = kept.indices.dropFirst(scanned).first { index in
            kept[index] == newline
                && (kept[..<index].last == newline
                    || kept[..<index].suffix(2).elementsEqual([newline, 0x0D]))
        }
        if let end { return .request(kept[...end]) }
        return head.count > PageRequest.limit ? .tooLongRequest : .nothing
    }

    /// Sends as much as it takes now: the bytes that wait for it, and then events.
    ///
    /// - Parameter limit: About so many bytes at most, so that others have their turn.
    /// - Returns: How many bytes it took.
    func send(from log: EventLog, upTo limit: Int) throws(SocketError) -> Int {
        var sent = 0
        while !isFull, sent < limit {
            if pending.isEmpty, stage == .watching {
                pending = log.take(from: &place, upTo: Self.chunk)[...]
            }
            guard !pending.isEmpty else { break }
            let count = try socket.send(pending)
            isFull = count == nil
            pending = pending.dropFirst(count ?? 0)
            sent += count ?? 0
        }
        return sent
    }
}
