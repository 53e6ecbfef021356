import Conversations

extension Record {
    /// So many clients have a ladder of their own, and the last one.
    private static let mostClients = 6

    /// The connections as ladders, each line with the number that it has in the list.
    ///
    /// - Returns: `nil` if nobody connected.
    func ladder(_ failure: Result.Failure?) -> String? {
        let names = clients
        guard !names.isEmpty else { return nil }
        var ladder = Ladder(names: names)
        var counts: [String: [Side: Int]] = [:]
        var notes: [String] = []
        var last = 1
        for line in lines {
            let entry = line.entry
            let words = "\(line.number): \(entry.kind == .note ? entry.does : entry.words)"
            guard let place = names.firstIndex(of: entry.who) else {
                // A note stands before what follows it.
                if entry.kind == .note { notes.append(words) }
                continue
            }
            last = place + 1
            for note in notes { ladder.note(note, connection: last) }
            notes = []
            ladder.add(entry, words, connection: last, &counts[entry.who, default: [:]])
        }
        for note in notes { ladder.note(note, connection: last) }
        if let failure { ladder.fail(failure.got, connection: last) }
        return ladder.svg()
    }

    private var clients: [String] {
        var names: [String] = []
        for entry in entries where !entry.who.isEmpty && !names.contains(entry.who) {
            names.append(entry.who)
        }
        guard names.count > Self.mostClients, let last = entries.last(where: { !$0.who.isEmpty })
        else { return names }
        let first = names.prefix(Self.mostClients)
        return first.contains(last.who) ? Array(first) : first + [last.who]
    }
}

extension Ladder {
    fileprivate mutating func add(
        _ entry: Record.Entry, _ words: String, connection: Int, _ counts: inout [Side: Int]
    ) {
        func event(_ kind: Event.Kind) -> Event { Event(connection: connection, time: .zero, kind) }
        switch entry.kind {
        case .connects: add(event(.connects))
        case .says(let side):
            counts[side, default: 0] += entry.count
            var passage = Passage(words, entry.bytes)
            passage.count = entry.count
            add(event(.segment(from: side, count: entry.count)))
            add(event(.says(side, passage, end: counts[side] ?? 0)))
        case .ends(let side): add(event(.ends(side, after: counts[side] ?? 0)))
        case .resets(let side): add(event(.resets(side, after: counts[side] ?? 0)))
        case .note: note(words, connection: connection)
        }
    }

    fileprivate mutating func fail(_ got: String, connection: Int) {
        add(Event(connection: connection, time: .zero, .fails("got \(got)")))
    }
}
