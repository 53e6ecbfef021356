/// One line of a ladder.
struct LadderRow: Sendable {
    enum Tone: Sendable {
        case plain, quiet, part, fault

        /// The sign on the arrow.
        var sign: String? {
            switch self {
            case .plain, .quiet: nil
            case .part: SVG.half
            case .fault: SVG.triangle
            }
        }
    }

    enum Kind: Sendable {
        /// Something that one side sends, and the number of the segment that brought it.
        case arrow(Side, Tone, segment: Int)
        case damage
        case end(Side, after: Int)
        case reset(Side)
        case failure
        case note
    }

    let connection: Int
    let time: Duration
    /// The place among all events, those included that have no row.
    let order: Int
    let kind: Kind
    var text: String
    let digits: String
    let rest: String?
    var arrival: (order: Int, time: Duration)?
    var isLost = false

    var isMessage: Bool {
        if case .arrow(_, let tone, _) = kind { tone != .quiet } else { false }
    }
}

/// A ladder's memory of one conversation.
struct LadderTalk: Sendable {
    /// One direction.
    struct Way: Sendable {
        var segments = 0
        private(set) var lastRow: Int?
        /// How many bytes have arrived.
        private var arrived = 0
        /// Messages that have not arrived, and a few that count as arrived since a later one has:
        /// right for a stream, but a datagram may still come after the next one.
        private var waiting: [(row: Int, end: Int)] = []
        private var concluded: [(row: Int, end: Int)] = []

        /// Takes note of a message, and tells whether it has arrived already.
        mutating func wait(for row: Int, end: Int) -> Bool {
            lastRow = row
            guard end > arrived else { return true }
            // Nobody may ever tell of arrivals.
            if waiting.count >= 2 * Ladder.limit { waiting.removeFirst(Ladder.limit) }
            waiting.append((row, end))
            return false
        }

        /// The rows that arrive when the bytes up to `end` do.
        mutating func arrivals(upTo end: Int) -> [Int] {
            let late = concluded.firstIndex { $0.end == end }.map { concluded.remove(at: $0).row }
            arrived = max(arrived, end)
            let others = waiting.prefix { $0.end <= end }
            waiting.removeFirst(others.count)
            concluded = (concluded + others.filter { $0.end != end }).suffix(16)
            return (late.map { [$0] } ?? []) + others.map(\.row)
        }
    }

    var rowCount = 0
    /// How many of its messages are no longer kept.
    var leftOut = 0
    private var client = Way()
    private var server = Way()

    subscript(side: Side) -> Way {
        get { side == .client ? client : server }
        _modify {
            if side == .client { yield &client } else { yield &server }
        }
    }
}

extension [LadderRow] {
    /// Whether both sides end at `index` and right after it, the arrivals of all messages counted.
    func haveBothEnds(at index: Int) -> Bool {
        guard index + 1 < count, case .end(let side, _) = self[index].kind,
            case .end(side.other, _) = self[index + 1].kind
        else { return false }
        let between = self[index].order..<self[index + 1].order
        return !contains { $0.arrival.map { between.contains($0.order) } ?? false }
    }

    /// Which messages arrive after something else has happened.
    ///
    /// Messages that one segment has brought and that arrive together are not late for each other.
    var areLate: [Bool] {
        var isLate = [Bool](repeating: false, count: count)
        for index in indices.reversed() {
            guard !self[index].isLost, let arrival = self[index].arrival,
                case .arrow(let side, _, let segment) = self[index].kind
            else { continue }
            var next = index + 1
            while next < count, case .damage = self[next].kind { next += 1 }
            guard next < count, self[next].order < arrival.order else { continue }
            if case .arrow(side, _, segment) = self[next].kind,
                self[next].arrival?.order == arrival.order
            {
                isLate[index] = isLate[next]
            } else {
                isLate[index] = true
            }
        }
        // A message that comes with a late one, or after it, is late as well.
        var latest: [Side: Int] = [:]
        for index in indices {
            guard !self[index].isLost, let arrival = self[index].arrival,
                case .arrow(let side, _, _) = self[index].kind
            else { continue }
            if let order = latest[side], self[index].order < order, order <= arrival.order {
                isLate[index] = true
            }
            if isLate[index] { latest[side] = Swift.max(arrival.order, latest[side] ?? 0) }
        }
        return isLate
    }
}
