import Console
import Conversations
import Sockets

/// The bytes of one direction of a connection, from their arrival until the other side takes them.
///
/// No damage changes their order.
struct Lane {
    /// How the direction ends once all its bytes have left.
    enum Ending { case open, end, reset }

    private struct Piece {
        var bytes: ArraySlice<UInt8>
        let due: Instant
    }

    /// No more is read from a side while so many of its bytes wait, and one read brings at most
    /// 64 KiB more.
    private static let limit = 196_608
    /// Nor while they wait in so many pieces: each costs some 100 bytes besides its own.
    private static let pieceLimit = 8_192
    /// The time between two pieces of one segment, so that the reader finds them apart.
    private static let gap = Duration.milliseconds(1)
    /// The gaps of one segment are together no longer than this.
    private static let gapsLimit = Duration.seconds(1)

    /// How many bytes wait.
    private(set) var count = 0
    /// How many bytes have been read, and how many have left.
    private(set) var taken = 0
    private(set) var left = 0
    /// How the direction is to end, and not before when.
    private var ending = Ending.open
    private var endingDue = Instant.now

    private let damage: Damage?
    private let chance: Chance
    private var pieces: [Piece] = []
    /// How many of the pieces have left already.
    private var gone = 0
    private var lastDue = Instant.now
    private var held: [UInt8] = []
    private var heldUntil: Instant?
    /// How many segments were collected.
    private var heldSegments = 0
    /// The cut has happened: all that still comes is dropped.
    private(set) var isCut = false

    /// Whether nothing more should be read until some of it has left.
    var isFull: Bool { count >= Self.limit || pieces.count - gone >= Self.pieceLimit }

    /// - Parameter damage: `nil` lets everything pass as it came.
    init(damage: Damage?, chance: Chance) {
        self.damage = damage
        self.chance = chance
    }

    /// Takes in the bytes of one read.
    ///
    /// - Returns: The damage that was done to them, in words.
    mutating func take(_ bytes: [UInt8], at now: Instant) -> [String] {
        guard let damage else {
            taken += bytes.count
            append(bytes[...], due: now)
            return []
        }
        guard !isCut else { return ["\(counted(bytes.count, "byte")) dropped"] }
        var bytes = bytes[...]
        var remarks: [String] = []
        if let cut = damage.cut, taken + bytes.count >= cut.after {
            bytes = bytes.prefix(cut.after - taken)
            isCut = true
            let limit = counted(cut.after, "byte")
            switch cut.kind {
            case .reset: remarks.append("reset here, after \(limit)")
            case .end: remarks.append("ended here, after \(limit)")
            case .stall: remarks.append("nothing passes any more, after \(limit)")
            }
        }
        taken += bytes.count
        if let glue = damage.glue {
            held += bytes
            heldSegments += 1
            count += bytes.count
            heldUntil = heldUntil ?? now + glue
        } else {
            remarks = release(bytes, at: now) + remarks
        }
        if isCut {
            remarks = releaseHeld(at: now) + remarks
            endingDue = now
            switch damage.cut?.kind {
            case .reset: ending = .reset
            case .end: ending = .end
            case .stall, nil: break
            }
        }
        return remarks
    }

    /// Notes that the side has ended its stream or reset the connection.
    mutating func end(_ kind: Ending, at now: Instant) -> [String] {
        // A network that lets nothing pass lets no end pass either.
        guard !isCut else { return [] }
        ending = kind
        let remarks = releaseHeld(at: now)
        endingDue = max(lastDue, now)
        guard let delay = damage?.delay?.next(chance) else { return remarks }
        endingDue = max(lastDue, now + delay)
        return remarks + ["\(kind) after \(delay.milliseconds) s"]
    }

    /// Gives the end of this direction once, if it is time for it.
    ///
    /// - Parameter isUnread: Nobody takes the bytes before it any more.
    mutating func takeEnding(at now: Instant, isUnread: Bool) -> Ending {
        guard count == 0 || isUnread, endingDue <= now else { return .open }
        defer { ending = .open }
        return ending
    }

    /// When there is something to do for this direction; `nil` is never.
    ///
    /// - Parameter isUnread: Nobody takes its bytes any more.
    func due(isUnread: Bool) -> Instant? {
        let first = gone < pieces.count && !isUnread ? pieces[gone].due : nil
        let end = ending != .open && (count == 0 || isUnread) ? endingDue : nil
        return [first, heldUntil, end].compactMap { $0 }.min()
    }

    /// Lets bytes go that were collected for long enough.
    mutating func settle(at now: Instant) -> [String] {
        guard let end = heldUntil, end <= now else { return [] }
        return releaseHeld(at: now)
    }

    /// The bytes that may leave now, in one send.
    func next(at now: Instant) -> ArraySlice<UInt8>? {
        guard gone < pieces.count, pieces[gone].due <= now else { return nil }
        return pieces[gone].bytes
    }

    /// Notes that the other side's kernel has taken so many bytes of `next`.
    mutating func leave(_ sent: Int) {
        left += sent
        count -= sent
        pieces[gone].bytes = pieces[gone].bytes.dropFirst(sent)
        guard pieces[gone].bytes.isEmpty else { return }
        // An empty slice would keep the whole array of its bytes.
        pieces[gone].bytes = []
        gone += 1
        // A lane that never empties must not keep the pieces that have left, either.
        if gone == pieces.count || gone > Self.pieceLimit {
            pieces.removeSubrange(..<gone)
            gone = 0
        }
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>, due: Instant) {
        guard !bytes.isEmpty else { return }
        count += bytes.count
        pieces.append(Piece(bytes: bytes, due: due))
    }

    private mutating func releaseHeld(at now: Instant) -> [String] {
        guard heldUntil != nil else { return [] }
        heldUntil = nil
        let bytes = held
        held = []
        count -= bytes.count
        let segments = heldSegments
        heldSegments = 0
        let remark = "\(segments) segments as 1 of \(counted(bytes.count, "byte"))"
        return (segments > 1 ? [remark] : []) + release(bytes[...], at: now)
    }

    private mutating func release(_ bytes: ArraySlice<UInt8>, at now: Instant) -> [String] {
        guard let damage, !bytes.isEmpty else { return [] }
        var remarks: [String] = []
        var due = max(lastDue, now)
        if let delay = damage.delay?.next(chance) {
            due = max(lastDue, now + delay)
            remarks.append("\(counted(bytes.count, "byte")) after \(delay.milliseconds) s")
        }
        var rest = bytes
        var sizes: [Int] = []
        let gap = gap(in: bytes.count, by: damage)
        while !rest.isEmpty {
            let size = chopped(rest.count, by: damage)
            var piece = rest.prefix(size)
            rest = rest.dropFirst(size)
            sizes.append(piece.count)
            while let rate = damage.rate, !piece.isEmpty {
                // Twenty pieces a second look like a slow line, not like a stuttering one.
                let part = piece.prefix(max(1, rate / 20))
                due = due + .seconds(Double(part.count) / Double(rate))
                append(part, due: due)
                piece = piece.dropFirst(part.count)
            }
            append(piece, due: due)
            if !rest.isEmpty { due = due + gap }
        }
        lastDue = due
        if let rate = damage.rate {
            let time = Duration.seconds(Double(bytes.count) / Double(rate))
            remarks.append("\(counted(bytes.count, "byte")) over \(time.milliseconds) s")
        }
        if sizes.count > 1 {
            let pieces =
                sizes.count > 8
                ? "\(sizes.count) pieces" : sizes.map(String.init).joined(separator: " + ")
            remarks.append("\(counted(bytes.count, "byte")) as \(pieces)")
        }
        return remarks
    }

    /// The time between the pieces of a segment of so many bytes.
    private func gap(in count: Int, by damage: Damage) -> Duration {
        guard case .every(let size) = damage.chop else { return Self.gap }
        return min(Self.gap, Self.gapsLimit / max(1, count / size))
    }

    private func chopped(_ count: Int, by damage: Damage) -> Int {
        switch damage.chop {
        case nil: count
        case .every(let size): min(size, count)
        case .random: chance.number(in: 1...count)
        }
    }
}
