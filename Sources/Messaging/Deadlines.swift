import Sockets

/// Moments at which peers are to be looked at again, the earliest first: a binary heap.
///
/// If a peer's deadline becomes later, its old entry stays; when that is due, the peer gets a new
/// one. So a peer that sends a byte a second costs one entry, not one each second.
struct Deadlines {
    struct Entry {
        let time: Instant
        /// The peer's place in the server's table.
        let slot: Int
        /// The peer's own number, since another peer may get the place.
        let peer: Int
    }

    private var heap: [Entry] = []

    /// The earliest moment; `nil` if there is none.
    var earliest: Instant? { heap.first?.time }

    /// Adds an entry.
    mutating func add(_ entry: Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, heap[child].time < heap[(child - 1) / 2].time {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the earliest entry if its moment has come.
    mutating func removeEarliest(by now: Instant) -> Entry? {
        guard let first = heap.first, first.time <= now else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].time < heap[smallest].time {
                smallest = child
            }
            guard smallest != parent else { return first }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
